package dev.keyturn.sdk;

/**
 * Code for one site: signs in to it for a person and saves what is theirs.
 *
 * <p>The runtime finds implementations with {@link java.util.ServiceLoader} in the jars of its
 * connectors folder; each jar has a class loader of its own. A connector needs a public constructor
 * without parameters and keeps no state between runs: one instance serves all of them, at the same
 * time.
 *
 * <h2>What the runtime promises</h2>
 *
 * <ol>
 *   <li>{@link #info()} is called once, before any run.
 *   <li>{@link #run} is called on a virtual thread of the run's own: block as you like. Everything
 *       of the {@link Login} is to be used on that thread only.
 *   <li>A normal return ends the run well. A {@link ConnectorFailure} ends it with its reason. Any
 *       other exception ends it with {@link Reason#UNKNOWN_ERROR} and a correlation id; what it
 *       says goes to the operator's log and never to the person.
 *   <li>If the worker dies, another one may call {@link #run} from its start. {@linkplain
 *       Login#step(String) Steps} that were finished then return what they returned, without being
 *       done again.
 * </ol>
 *
 * <h2>What a connector owes</h2>
 *
 * <ol>
 *   <li>It goes through {@link Login#session()} for every request, and does what a site would
 *       notice inside a step.
 *   <li>Between two steps it depends on nothing but its fields, its settings and what steps and
 *       waits returned, so that it takes the same way when it is run again.
 *   <li>In a run that nobody watches it stops before the site sends a message to the person: {@link
 *       Login#mayAsk()}.
 *   <li>It never catches {@link RunStopped}.
 * </ol>
 */
public interface Connector {

    /** What Home can say before the first run; the same at every call. */
    ConnectorInfo info();

    /**
     * Signs in and fetches.
     *
     * @throws ConnectorFailure to end the run with a typed reason
     */
    void run(Login login);
}
