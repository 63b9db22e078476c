package dev.keyturn.local.checks;

/**
 * One test as a report tells it.
 *
 * @param module the folder of its module
 * @param why what it says about a failure or a skip
 */
public record TestCase(String module, String name, Result result, String why) {

    public enum Result {
        PASSED,
        FAILED,
        SKIPPED
    }
}
