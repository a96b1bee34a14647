/**
 * Passwords: hashed on threads of their own; and the file that holds the first one.
 * Nothing here is ever logged.
 */
@NullMarked
package dev.gatehouse.adapters.security.account;

import org.jspecify.annotations.NullMarked;
