package dev.gatehouse.domain.project;

import java.util.List;
import java.util.Optional;

/** The projects of this service. Names are unique. */
public interface Projects {
    /** The project of this name, as last committed or as written in this transaction. */
    Optional<Project> find(ProjectName name);

    /**
     * As {@link #find}, and holds the project as it is until the transaction ends: who wants to change or remove it waits
     * that long. So what is given out in its name is either seen by whoever ends such things, or not given out. Several
     * may hold it at once. Outside a transaction it holds nothing.
     */
    Optional<Project> hold(ProjectName name);

    /** Every project, by name in the order of its characters' code points. */
    List<Project> all();

    /**
     * Adds a project.
     *
     * @throws dev.gatehouse.domain.shared.Refusal.Conflict {@code ALREADY_EXISTS} when the name is taken
     */
    void insert(Project project);

    /**
     * Replaces the project of this id, if its stored version is still this one.
     *
     * @return what is stored now: the same with the next version
     * @throws dev.gatehouse.domain.shared.Refusal.Conflict {@code STALE} when it was changed or removed meanwhile
     */
    Project update(Project project);

    /**
     * Removes the project of this id, if its stored version is still this one.
     *
     * @throws dev.gatehouse.domain.shared.Refusal.Conflict {@code STALE} when it was changed or removed meanwhile
     */
    void delete(Project project);
}
