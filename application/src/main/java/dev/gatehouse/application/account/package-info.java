/** Keeping accounts, and the first administrator. */
@NullMarked
package dev.gatehouse.application.account;

import org.jspecify.annotations.NullMarked;
