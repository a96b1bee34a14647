package dev.gatehouse.domain.account;

/**
 * How a password was hashed, and so how long it takes to check one: what a stored hash says before its salt.
 *
 * @param text algorithm and parameters ({@code $argon2id$v=19$m=19456,t=2,p=1}, {@code $2b$10}); possibly such as nobody
 *     can check, and empty where a hash says nothing of the kind
 */
public record PasswordForm(String text) {}
