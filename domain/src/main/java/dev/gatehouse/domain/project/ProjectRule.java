package dev.gatehouse.domain.project;

import dev.gatehouse.domain.shared.Rule;

/** What input about a project can break, in the order it is looked for (Argo CD contract 4.2, 4.3). */
public enum ProjectRule implements Rule {
    /** A project needs a name. */
    NAME_REQUIRED,
    /** A name is an RFC 1123 subdomain of at most 253 characters. Argument: the name. */
    NAME_SHAPE,
    /** Something with a form of its own has another. Arguments: what, its value. */
    FORMAT,
    /** The same twice. Arguments: what, its value. */
    ALREADY_ADDED,
    /** The description is at most 255 characters. Argument: the project. */
    DESCRIPTION_LENGTH,
    /** Two roles of one name. Argument: the role. */
    ROLE_TWICE,
    /** Letters and digits, {@code -} and {@code _} between them. Argument: the role. */
    ROLE_SHAPE,
    /** The same policy twice in a role. Arguments: the policy, the role. */
    POLICY_TWICE,
    /** Not six parts with {@code p} first. Argument: the policy. */
    POLICY_FORM,
    /** The subject is not the role itself. Arguments: the policy, the subject asked for, the subject found. */
    POLICY_SUBJECT,
    /** Not a resource that belongs to projects. Arguments: the policy, the resource. */
    POLICY_RESOURCE,
    /** Not an action. Arguments: the policy, the action. */
    POLICY_ACTION,
    /** The object lies outside the project. Arguments: the policy, the project, the object. */
    POLICY_OBJECT,
    /** Neither allow nor deny. Argument: the policy. */
    POLICY_EFFECT,
    /** The same group twice in a role. Arguments: the group, the role. */
    GROUP_TWICE,
    /** A comma in it and no quotes around it. Argument: the group. */
    GROUP_QUOTED,
    /** Nothing left of it. */
    GROUP_EMPTY,
    /** A quote, a line break or a tab in it. Argument: the group. */
    GROUP_CHARACTERS,
    /** Argument: the group, trimmed. */
    GROUP_LEADING_SPACE,
    /** Argument: the group, trimmed. */
    GROUP_TRAILING_SPACE,
    /** Two windows that differ in nothing that counts. Arguments: as {@link SyncWindow} spells its identity. */
    WINDOW_TWICE,
    /** The zone is none that is known. Argument: the zone. */
    WINDOW_TIME_ZONE,
    /** Neither allow nor deny. Argument: the kind. */
    WINDOW_KIND,
    /** Not five fields of a crontab. Arguments: the schedule, why. */
    WINDOW_SCHEDULE,
    /** Not a duration. Argument: the duration. */
    WINDOW_DURATION,
    /** The description of a window is at most 255 characters. */
    WINDOW_DESCRIPTION,
    /** A window for nothing. Arguments: the kind, the schedule, the duration. */
    WINDOW_TARGET,
    /** More roles, policies, groups or text than a project may hold. Arguments: what, how many at most. */
    TOO_MANY,
    /** The project {@code default} stays. */
    DEFAULT_STAYS,
    /** A new project has no version yet. */
    VERSION_ON_CREATE,
    /** Changing a project needs the version it was read at. Argument: the project. */
    VERSION_REQUIRED,
    /** Not a version that was ever given out. Argument: what was sent. */
    VERSION_SHAPE,
    /** A new role, or a new group of one, may get the project, which its giver may not. Argument: the role. */
    GRANT_BY_ROLE,
    /** A role that the global policy speaks of itself is new, or is given to a group or taken from one. Argument: the role. */
    GRANT_BY_GLOBAL_POLICY,
    /** A new policy allows what its giver is not allowed. Arguments: the role, the policy. */
    GRANT_BY_POLICY,
    /** A policy that is gone denied what its taker is not allowed. Arguments: the role, the policy. */
    GRANT_BY_REMOVAL,
    /** A new group gets from a role what its giver is not allowed. Arguments: the role, the policy, the group. */
    GRANT_TO_GROUP,
    /** There already is another project of this name, and the caller did not ask to replace it. */
    DIFFERENT_SPEC,
    /** A namespace that is not ours. */
    NAMESPACE
}
