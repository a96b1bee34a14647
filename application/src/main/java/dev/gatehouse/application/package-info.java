/**
 * What may be asked.
 * Driving ports, one per conversation, and the services that hold them.
 */
@NullMarked
package dev.gatehouse.application;

import org.jspecify.annotations.NullMarked;
