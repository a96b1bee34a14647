package dev.gatehouse.adapters.rest;

import static java.lang.annotation.ElementType.METHOD;
import static java.lang.annotation.RetentionPolicy.RUNTIME;

import java.lang.annotation.Retention;
import java.lang.annotation.Target;

/** Routes that are open also to whoever has to change their password before anything else; all others are not. */
@Retention(RUNTIME)
@Target(METHOD)
public @interface BeforePasswordChange {}
