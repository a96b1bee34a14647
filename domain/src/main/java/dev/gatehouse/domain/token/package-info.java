/** Tokens that outlive a sign-in: who they speak for and whether they still count; signing and verifying. */
@NullMarked
package dev.gatehouse.domain.token;

import org.jspecify.annotations.NullMarked;
