/** Accounts and wrong passwords in tables. */
@NullMarked
package dev.gatehouse.adapters.persistence.account;

import org.jspecify.annotations.NullMarked;
