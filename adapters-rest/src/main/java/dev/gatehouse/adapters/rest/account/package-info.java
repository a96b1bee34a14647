/**
 * Accounts over HTTP.
 * Argo CD's shapes, and our own call that makes an account.
 */
@NullMarked
package dev.gatehouse.adapters.rest.account;

import org.jspecify.annotations.NullMarked;
