import { expect, it } from 'vitest';
import { code, describeInBrowser, eventually, line, popup, says } from './stage.ts';

describeInBrowser('the page', (stage) => {
  it('signs in with the link, and the token is out of the address and the history at once', async () => {
    const page = await stage.signedIn();
    expect(page.url()).toBe(`${stage.home.url}/`);
    const posted = stage.home.sent('POST', 'session');
    expect(posted.map((one) => one.type)).toEqual(['application/json']);
    await page.reload();
    await page.getByText('No account yet').waitFor();
    await page.goBack();
    expect(page.url()).not.toContain('login=');
  });

  it('tells who is not signed in how to get in', async () => {
    const page = await stage.tab();
    await page.getByText('./keyturn open').waitFor();
    await page.goto(`${stage.home.url}/#login=used`);
    await page.getByText('This sign-in link does not work any more.').waitFor();
    expect(page.url()).not.toContain('used');
  });

  it.each(['/accounts/ada', '/#/accounts/ada'])('shows an account when %s is opened directly, and when it is reloaded', async (address) => {
    stage.home.account({ id: 'ada' });
    await stage.signedIn();
    const page = await stage.tab(address);
    await page.getByRole('button', { name: 'Remove', exact: true }).waitFor();
    expect(page.url()).toBe(`${stage.home.url}/#/accounts/ada`);
    await page.reload();
    await page.getByRole('button', { name: 'Remove', exact: true }).waitFor();
  });

  it('says what holds an account back and why credentials were refused, and leads to other ones', async () => {
    stage.home.account({ id: 'ada', status: 'PAUSED', paused: { why: 'FOREIGN_ERASURE' } });
    stage.home.account({ id: 'ben', credentials: 'REFUSED', refused: { why: 'MISSING_FIELD', field: 'password' } });
    const page = await stage.signedIn();
    await says(page.getByTestId('account-ada'), 'Something else than Home says that this account was erased.');
    await says(page.getByTestId('account-ben'), 'A value is missing: password.');
    expect(await page.getByRole('link', { name: 'Correct credentials' }).count()).toBe(2);
  });

  it('signs out', async () => {
    const page = await stage.signedIn();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByText('You are signed out').waitFor();
    expect(stage.home.sessions.size).toBe(0);
  });

  it('shows each status in words, live', async () => {
    stage.home.account({ id: 'ada' });
    const page = await stage.signedIn();
    const card = page.getByTestId('account-ada');
    const words = {
      QUEUED: 'In the queue',
      CONNECTING: 'Connecting…',
      PRESUMED: 'Looks connected (not confirmed yet)',
      WAITING: 'Waiting for a code',
      CHECKING: 'Checking the code…',
      FETCHING: 'Connected, fetching documents…',
      CONNECTED: 'Connected',
      FAILED: 'Failed',
    } as const;
    for (const [status, said] of Object.entries(words)) {
      stage.home.account({ id: 'ada', status: status as keyof typeof words });
      await says(card, said);
      expect(await card.getAttribute('data-status')).toBe(status);
    }
  });

  it("adds an account with a form made of the connector's fields, all sealed to the account", async () => {
    const page = await stage.signedIn();
    await page.getByRole('link', { name: 'Add account' }).click();
    await page.getByRole('link', { name: /Keycloak/ }).click();
    await page.getByLabel('Address of the realm').fill('https://id.example.org/realms/main');
    await page.getByLabel('User name or e-mail').fill('erin');
    await page.getByRole('textbox', { name: 'Password' }).fill(' pass word ');
    await page.getByLabel('Preferred second factor').selectOption('app');
    await page.getByLabel('Name of this account').fill('work');
    await page.getByRole('button', { name: 'Add and sign in' }).click();
    await page.getByTestId('account-work').waitFor();
    const [added] = stage.home.sent('POST', 'accounts');
    const { id, connector, label, sealed } = added!.body!;
    expect({ connector, label }).toEqual({ connector: 'keycloak', label: 'work' });
    const { text, header } = await stage.home.open(sealed!);
    expect(JSON.parse(text)).toEqual({ url: 'https://id.example.org/realms/main', login: 'erin', password: ' pass word ', factor: 'app' });
    expect(header).toMatchObject({ typ: 'kt-credentials', kid: 'fleet-1', account: id, connector: 'keycloak' });
    expect(JSON.stringify(stage.home.requests)).not.toContain('pass word');
    await eventually(() => expect(stage.home.sent('POST', `accounts/${id}/runs`).length).toBe(1));
  });

  it('names an account by its first field that is not secret, and says when that name is taken', async () => {
    stage.home.account({ id: 'x', label: 'ada' });
    const page = await stage.signedIn();
    await page.goto(`${stage.home.url}/#/add/sandbox`);
    await page.getByLabel('Login').fill('ada');
    await page.getByRole('textbox', { name: 'Password' }).fill('sandbox');
    await page.getByRole('button', { name: 'Add and sign in' }).click();
    await page.getByText('there is an account ada already').waitFor();
    await page.getByLabel('Login').fill('ada-2');
    await page.getByRole('button', { name: 'Add and sign in' }).click();
    await page.getByTestId('account-ada-2').waitFor();
    const [first, second] = stage.home.sent('POST', 'accounts');
    expect(second!.body!['id']).toBe(first!.body!['id']);
  });

  it('leads from a refused password to new credentials and signs in with them', async () => {
    stage.home.account({ id: 'ada' });
    stage.home.run('ada', { id: 'r1', state: 'FAILED', reason: 'LOGIN_FAILED', words: 'Wrong <b>password</b>' });
    const page = await stage.signedIn();
    await says(page.getByTestId('account-ada'), 'The site refused the login or the password.');
    await says(page.getByTestId('account-ada'), 'Sandbox says: Wrong <b>password</b>');
    await page.getByRole('link', { name: 'Correct credentials' }).click();
    await page.getByLabel('Login').fill('ada');
    await page.getByRole('textbox', { name: 'Password' }).fill('sandbox');
    await page.getByRole('button', { name: 'Save and sign in' }).click();
    await eventually(() => expect(stage.home.sent('POST', 'accounts/ada/runs').length).toBe(1));
    const { sealed } = stage.home.sent('PUT', 'accounts/ada/credentials')[0]!.body!;
    expect(JSON.parse((await stage.home.open(sealed!)).text)).toEqual({ login: 'ada', password: 'sandbox' });
    await says(page.getByTestId('account-ada'), 'Connecting…');
  });

  it('runs, stops and says why it cannot', async () => {
    stage.home.account({ id: 'ada' });
    const page = await stage.signedIn();
    await page.getByRole('button', { name: 'Run now' }).click();
    await page.getByRole('button', { name: 'Stop this run' }).click();
    await says(page.getByTestId('account-ada'), 'The run was cancelled.');
    stage.home.accounts.get('ada')!.run!.state = 'WAITING';
    await page.getByRole('button', { name: 'Start again' }).click();
    await page.getByText('A run of this account is already under way.').waitFor();
  });

  it('removes an account, with or without its documents, after asking', async () => {
    stage.home.account({ id: 'ada' });
    const page = await stage.signedIn();
    await page.getByRole('link', { name: 'Open ada' }).click();
    await page.getByRole('button', { name: 'Remove', exact: true }).click();
    await page.getByRole('dialog', { name: 'Remove ada?' }).waitFor();
    await page.getByLabel('Also delete the documents').check();
    await page.getByRole('button', { name: 'Remove account' }).click();
    await says(page.getByTestId('account-ada'), 'Being removed…');
    expect(stage.home.sent('DELETE', 'accounts/ada').map((one) => one.query)).toEqual(['?documents=true']);
    stage.home.removeAccount('ada');
    await page.getByText('No account yet').waitFor();
  });

  it("lists a run's events as they come, and the documents", async () => {
    stage.home.account({ id: 'ada' });
    const run = stage.home.run('ada', { id: 'r1', state: 'CONNECTING' });
    const entry = (position: number, type: string, data: Record<string, unknown> = {}) => ({
      position, type, at: stage.home.now(), runId: run.id, late: false, data,
    });
    stage.home.events.set('r1', [entry(1, 'RunQueued', { trigger: 'MANUAL' }), entry(2, 'LoginStarted')]);
    const page = await stage.signedIn();
    await page.getByRole('link', { name: 'Open ada' }).click();
    const list = page.getByTestId('run-events');
    await says(list, 'The run was put into the queue.');
    stage.home.events.get('r1')!.push(entry(3, 'TwoFaRequested', { type: 'SMS', destination: '••42', attempt: 1 }));
    stage.home.run('ada', { state: 'WAITING' });
    await says(list, 'The site asked for the code from a text message (••42).');
    await page.getByText('Nothing has been fetched yet.').waitFor();
    stage.home.documents.set('d1', {
      id: 'd1', accountId: 'ada', runId: 'r1', name: '<i>May</i>.pdf', mediaType: 'application/pdf', size: 20_480, sha256: 'x', savedAt: stage.home.now(),
    });
    stage.home.run('ada', { state: 'DONE', documents: 1 });
    const link = page.getByRole('link', { name: '<i>May</i>.pdf' });
    await link.waitFor();
    expect(await link.getAttribute('href')).toBe('/api/documents/d1');
    expect(await list.locator('li').evaluateAll((all) => all.map((one) => one.getAttribute('data-type')))).toEqual([
      'RunQueued', 'LoginStarted', 'TwoFaRequested',
    ]);
  });

  it('says why it cannot seal where the browser offers no encryption', async () => {
    const page = await stage.context.newPage();
    const link = stage.home.link().replace('127.0.0.1', 'home.test');
    await page.goto(link);
    await page.getByRole('button', { name: 'Sign out' }).waitFor();
    await page.goto(`http://home.test:${stage.home.port}/#/add/sandbox`);
    await page.getByText('This page was opened without TLS as home.test.').waitFor();
    expect(await page.getByRole('button', { name: 'Add and sign in' }).isDisabled()).toBe(true);
    stage.home.asks('ada');
    await popup(page).waitFor();
    await says(line(page), 'This page was opened without TLS as home.test.');
    expect(await page.getByRole('button', { name: 'Validate' }).isDisabled()).toBe(true);
    await code(page).waitFor();
  });
});
