/** Sign-ins of people: from the password that was accepted to the end of the session. */
@NullMarked
package dev.gatehouse.domain.session;

import org.jspecify.annotations.NullMarked;
