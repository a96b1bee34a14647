/**
 * The audit over HTTP.
 * Pages, the newest entry first.
 */
@NullMarked
package dev.gatehouse.adapters.rest.audit;

import org.jspecify.annotations.NullMarked;
