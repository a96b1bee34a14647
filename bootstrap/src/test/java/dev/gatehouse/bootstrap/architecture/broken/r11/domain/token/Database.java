package dev.gatehouse.bootstrap.architecture.broken.r11.domain.token;

/** Only looks like it. */
record Database() {}
