package dev.gatehouse.application.shared;

/**
 * So that who asks again gets what was made, and not another (Gatehouse contract 1).
 *
 * @param key 1 to 255 visible ASCII characters
 * @param fingerprint the same for the same request, and for no other
 */
public record Repetition(String key, String fingerprint) {}
