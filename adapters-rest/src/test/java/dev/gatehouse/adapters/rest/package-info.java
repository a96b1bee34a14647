/** Slices: the real services over ports in memory, asked over HTTP. */
@NullMarked
package dev.gatehouse.adapters.rest;

import org.jspecify.annotations.NullMarked;
