package dev.keyturn.local.api;

/** Home understood and said no. */
public final class ApiFailure extends RuntimeException {

    private final transient Problem problem;
    private final int status;

    ApiFailure(int status, Problem problem) {
        super(problem.line());
        this.status = status;
        this.problem = problem;
    }

    public int status() {
        return status;
    }

    public Problem problem() {
        return problem;
    }
}
