/**
 * How bytes reach this adapter: TLS, the path it is served under, and how much and how long a client may take.
 * Nothing here knows what a request is about.
 */
@NullMarked
package dev.gatehouse.adapters.rest.transport;

import org.jspecify.annotations.NullMarked;
