package dev.gatehouse.bootstrap.architecture.broken.r11.domain.account;

record BaseRow() {}
