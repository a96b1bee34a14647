package dev.gatehouse.bootstrap.architecture.broken.r16.adapters.security.account;

import dev.gatehouse.bootstrap.architecture.broken.r16.adapters.testkit.account.BadgesContract;

/** As it should be. */
class SignedBadgesTest implements BadgesContract {}
