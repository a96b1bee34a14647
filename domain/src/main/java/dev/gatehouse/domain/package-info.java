/**
 * What is true and what it needs.
 * Knows no framework, no clock, no randomness: they are handed in.
 */
@NullMarked
package dev.gatehouse.domain;

import org.jspecify.annotations.NullMarked;
