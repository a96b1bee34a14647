package dev.gatehouse.bootstrap.architecture.broken.r16.adapters.security.account;

import dev.gatehouse.bootstrap.architecture.broken.r16.domain.account.Badges;

/** The second of its port. */
record SignedBadges() implements Badges {}
