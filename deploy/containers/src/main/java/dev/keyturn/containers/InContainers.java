package dev.keyturn.containers;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledIf;

/**
 * A class of tests that runs on broker and database in containers, in an execution of its own;
 * skipped where no Docker engine answers.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Tag("containers")
@EnabledIf(
        value = "dev.keyturn.containers.Engine#answers",
        disabledReason = "no Docker engine answers")
public @interface InContainers {}
