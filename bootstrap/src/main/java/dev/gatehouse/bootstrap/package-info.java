/**
 * Connects the rooms.
 * Settings, wiring and start; no rule about the business.
 */
@NullMarked
package dev.gatehouse.bootstrap;

import org.jspecify.annotations.NullMarked;
