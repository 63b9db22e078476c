package dev.keyturn.worker.execution;

import dev.keyturn.sdk.ConnectorFailure;
import dev.keyturn.sdk.Document;
import dev.keyturn.sdk.Fields;
import dev.keyturn.sdk.Login;
import dev.keyturn.sdk.Session;
import dev.keyturn.sdk.Step;
import dev.keyturn.sdk.TwoFaCode;
import dev.keyturn.sdk.TwoFaOptions;
import java.util.Map;

/** What a connector sees of its run. */
record RunLogin(RunContext run, Verbs verbs, Steps steps, Asking asking, Budgets budgets)
        implements Login {

    @Override
    public Fields fields() {
        return run.fields();
    }

    @Override
    public Map<String, String> settings() {
        return run.settings();
    }

    @Override
    public Session session() {
        return run.session();
    }

    @Override
    public boolean isManual() {
        return run.run().isManual();
    }

    @Override
    public boolean mayAsk() {
        return budgets.mayAsk(run);
    }

    @Override
    public ConnectorFailure cannotAsk() {
        return budgets.cannotAsk(run);
    }

    @Override
    public void deactivateAutoSuccessfulLogin() {
        verbs.disableAutoSuccess(run);
    }

    @Override
    public void notifySuccessfulLogin() {
        verbs.succeedLogin(run);
    }

    @Override
    public TwoFaCode waitForTwoFaCode(TwoFaOptions options) {
        return asking.ask(run, options);
    }

    @Override
    public Step step(String name) {
        return new RunStep(steps, run, name, false);
    }

    @Override
    public void saveDocument(Document document) {
        verbs.saveDocument(run, document);
    }
}
