/** Messages from other systems that prove their origin by a signature. */
@NullMarked
package dev.gatehouse.domain.webhook;

import org.jspecify.annotations.NullMarked;
