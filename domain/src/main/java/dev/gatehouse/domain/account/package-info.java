/** Local identities: who may sign in with a password, and which credentials they may hold. */
@NullMarked
package dev.gatehouse.domain.account;

import org.jspecify.annotations.NullMarked;
