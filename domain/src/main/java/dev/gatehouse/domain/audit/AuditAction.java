package dev.gatehouse.domain.audit;

import java.util.Arrays;
import java.util.Optional;

/** What can be done here, as the audit names it: noun and past participle. */
public enum AuditAction {
    SESSION_CREATED("session.created"),
    SESSION_REFUSED("session.refused"),
    SESSION_ENDED("session.ended"),
    ACCOUNT_CREATED("account.created"),
    ACCOUNT_CHANGED("account.changed"),
    ACCOUNT_DISABLED("account.disabled"),
    ACCOUNT_DELETED("account.deleted"),
    PASSWORD_CHANGED("password.changed"),
    PASSWORD_RESET("password.reset"),
    TOKEN_CREATED("token.created"),
    TOKEN_ROTATED("token.rotated"),
    TOKEN_REVOKED("token.revoked"),
    /** Used for the first time. */
    TOKEN_FIRST_USED("token.firstUsed"),
    /** Used after another took its place and it was closed: its whole family was ended. */
    TOKEN_REUSED("token.reused"),
    /** It ends within the time of which its policy warns. */
    TOKEN_WARNED("token.warned"),
    /** Taken out of the records, long after they ended. */
    TOKEN_REMOVED("token.removed"),
    /** A clean-up of tokens was asked for. */
    CLEAN_UP_STARTED("cleanUp.started"),
    CLEAN_UP_CANCELLED("cleanUp.cancelled"),
    PROJECT_CREATED("project.created"),
    PROJECT_CHANGED("project.changed"),
    PROJECT_DELETED("project.deleted"),
    POLICY_CHANGED("policy.changed"),
    ACCESS_DENIED("access.denied"),
    WEBHOOK_CLIENT_CREATED("webhookClient.created"),
    WEBHOOK_CLIENT_DELETED("webhookClient.deleted"),
    WEBHOOK_REFUSED("webhook.refused"),
    EVENT_ACCEPTED("event.accepted"),
    SIGNING_KEY_ROTATED("signingKey.rotated"),
    SIGNING_KEY_REVOKED("signingKey.revoked");

    private final String word;

    AuditAction(String word) {
        this.word = word;
    }

    /** The word for it in JSON and in the store. */
    public String word() {
        return word;
    }

    /** The action with this word. */
    public static Optional<AuditAction> of(String word) {
        return Arrays.stream(values()).filter(each -> each.word.equals(word)).findFirst();
    }
}
