/**
 * Projects over HTTP, as Argo CD's AppProject.
 * What of it has no meaning here comes back as it was sent.
 */
@NullMarked
package dev.gatehouse.adapters.rest.project;

import org.jspecify.annotations.NullMarked;
