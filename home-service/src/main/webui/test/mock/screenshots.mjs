// Pictures of every state, at 390 and 1280 pixels, light and dark: `npm run screenshots -- FOLDER`.
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { buildPage } from './build.mjs';
import { launch } from './chromium.mjs';
import { MockHome } from './home.mjs';

const out = process.argv[2] ?? '../../../target/screenshots';
await mkdir(out, { recursive: true });
const folder = await buildPage();
const browser = await launch(['--host-resolver-rules=MAP home.test 127.0.0.1']);
const only = process.argv[3];

function fill(home) {
  home.account({ id: 'ada', label: 'ada' });
  home.run('ada', { id: 'run-ada', state: 'DONE', documents: 3 });
  home.account({ id: 'ben', label: 'ben.long.address.that.does.not.end@mail.example.org' });
  home.run('ben', { id: 'run-ben', state: 'FAILED', reason: 'LOGIN_FAILED', words: 'The user name or the password is not right.' });
  home.account({ id: 'cleo', label: 'cleo' });
  home.run('cleo', { id: 'run-cleo', state: 'FETCHING' });
  home.account({ id: 'emil', label: 'emil', connector: 'keycloak', connectorName: 'Keycloak', credentials: 'SENDING' });
  home.account({ id: 'fay', label: 'fay', connector: 'keycloak', connectorName: 'Keycloak' });
  home.run('fay', { id: 'run-fay', state: 'PRESUMED' });
  home.account({ id: 'gil', label: 'gil' });
  home.run('gil', { id: 'run-gil', state: 'FAILED', reason: 'USER_ACTION_NEEDED.TWOFA_EXPIRED' });
  home.account({ id: 'hal', label: 'hal' });
  home.run('hal', { id: 'run-hal', state: 'FAILED', reason: 'UNKNOWN_ERROR', correlationId: '0f2c9a41-77aa' });
  home.account({ id: 'ivy', label: 'ivy', status: 'PAUSED', paused: { why: 'FOREIGN_CREDENTIALS' } });
  const at = (seconds) => new Date(Date.now() - 60_000 + seconds * 1000).toISOString();
  const entry = (position, type, seconds, data = {}) => ({ position, type, at: at(seconds), runId: 'run-ada', late: false, data });
  home.events.set('run-ada', [
    entry(1, 'RunQueued', 0, { trigger: 'MANUAL' }),
    entry(2, 'LoginStarted', 0.21),
    entry(3, 'AutoSuccessDisabled', 0.9),
    entry(4, 'TwoFaRequested', 1.2, { type: 'SMS', destination: '••42', attempt: 1, words: 'We have sent a code to your phone.' }),
    entry(5, 'TwoFaAnswered', 14.4),
    entry(6, 'TwoFaRejected', 15, { by: 'SITE', words: 'That code is wrong.' }),
    entry(7, 'TwoFaRequested', 15.1, { type: 'SMS', destination: '••42', attempt: 2 }),
    entry(8, 'TwoFaAnswered', 31),
    entry(9, 'LoginSucceeded', 31.6),
    entry(10, 'DocumentSaved', 32.4, { name: 'Statement May 2026.pdf' }),
    entry(11, 'RunFinished', 32.8),
  ]);
  ['Statement March 2026.pdf', 'Statement April 2026.pdf', 'Statement May 2026.pdf'].forEach((name, index) =>
    home.documents.set(`d${index}`, { id: `d${index}`, accountId: 'ada', runId: 'run-ada', name, mediaType: 'application/pdf', size: 18_000 * (index + 1) ** 3, sha256: '', savedAt: at(32) }),
  );
}

const code = (page) => page.getByTestId('code');
const validate = async (page, text) => {
  await code(page).fill(text);
  await page.getByRole('button', { name: 'Validate' }).click();
};

const states = {
  'accounts': async () => undefined,
  'no-account': { empty: true, play: async () => undefined },
  'account': async (page) => {
    await page.getByRole('link', { name: 'Open ada' }).click();
    await page.getByText('Statement May 2026.pdf', { exact: true }).waitFor();
  },
  'account-failed': async (page) => {
    await page.goto(page.url().replace(/#.*|$/, '#/accounts/ben'));
  },
  'add': async (page) => page.getByRole('link', { name: 'Add account' }).click(),
  'add-form': async (page, home) => page.goto(`${home.url}/#/add/keycloak`),
  'correct': async (page, home) => page.goto(`${home.url}/#/accounts/ben/credentials`),
  'remove': async (page, home) => {
    await page.goto(`${home.url}/#/accounts/ada`);
    await page.getByRole('button', { name: 'Remove', exact: true }).click();
  },
  'popup-sms': async (page, home) => void home.asks('ada', { words: 'Enter the six digits that we have sent to your phone.' }),
  'popup-app': async (page, home) => {
    home.skew = 30_000 - (Date.now() % 30_000) - 3_900;
    home.asks('cleo', { type: 'APP_CODE', destination: null, deadline: home.in(25) });
    await page.getByTestId('code-advice').waitFor();
  },
  'popup-format': async (page, home) => {
    home.asks('ada');
    await validate(page, '1234');
  },
  'popup-checking': async (page, home) => {
    home.onCode = ({ id }) => (home.challenge({ id, state: 'CHECKING' }), { verdict: 'DELIVERED' });
    home.asks('ada');
    home.asks('cleo', { type: 'EMAIL', destination: 'c…@x.org', deadline: home.in(300) });
    await validate(page, '123456');
    await page.getByText('Checking…', { exact: true }).waitFor();
  },
  'popup-pending': async (page, home) => {
    home.onCode = () => ({ status: 202, verdict: 'PENDING' });
    home.asks('ada');
    await validate(page, '123456');
    await page.getByText('Still sending.').waitFor();
  },
  'popup-wrong': async (page, home) =>
    void home.asks('ada', { attempt: 2, wrongCodesLeft: 2, rejected: { by: 'SITE', why: 'WRONG', words: 'The code that you have entered is not valid. Check it and try again, or ask for a new one.' } }),
  'popup-refused': async (page, home) => {
    const { id } = home.asks('ada');
    await validate(page, '123456');
    await page.getByText('Checking…', { exact: true }).waitFor();
    home.challenge({ id, state: 'REJECTED', rejected: { by: 'SITE', why: 'WRONG', words: 'That was not it.' } });
  },
  'popup-expired': async (page, home) => {
    const { id } = home.asks('ada');
    await code(page).waitFor();
    home.challenge({ id, state: 'ENDED', outcome: 'EXPIRED' });
    home.run('ada', { state: 'FAILED', reason: 'USER_ACTION_NEEDED.TWOFA_EXPIRED' });
  },
  'popup-cancelled': async (page, home) => {
    home.asks('ada');
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByTestId('challenge').getByText('This sign-in was cancelled.').waitFor();
  },
  'popup-answered': async (page, home) => {
    home.onCode = () => ({ verdict: 'ALREADY_ANSWERED' });
    home.asks('ada');
    await validate(page, '123456');
  },
  'popup-ways': async (page, home) => {
    home.asks('ada', { methods: ['EMAIL', 'APP_CODE'], resendFrom: home.in(8), extendableTo: home.in(600), words: 'Type the code from the SMS that we sent you.' });
    await page.getByRole('button', { name: 'Other method' }).click();
  },
  'popup-resending': async (page, home) => {
    home.asks('ada', { methods: ['EMAIL'], resendFrom: home.in(-1), extendableTo: home.in(600) });
    await page.getByRole('button', { name: 'Send again' }).click();
    await page.getByText('is asked to send again').waitFor();
  },
  'popup-resent': async (page, home) => {
    const { id } = home.asks('ada', { methods: ['EMAIL'], resendFrom: home.in(-1), extendableTo: home.in(600) });
    await code(page).fill('123');
    home.challenge({ id, round: 2, type: 'EMAIL', destination: 'a…@x.org', methods: ['SMS'], resendFrom: home.in(9) });
    await page.getByText('A newer code was sent.').waitFor();
  },
  'account-spent': async (page, home) => {
    home.run('ada', { id: 'run-spent', state: 'FAILED', reason: 'USER_ACTION_NEEDED.ATTEMPTS_SPENT', until: home.in(2_400) });
    await page.goto(`${home.url}/#/accounts/ada`);
    await page.getByText('You can try again at').waitFor();
  },
  'popup-choice': async (page, home) =>
    void home.asks('ada', { type: 'CHOICE', format: null, destination: null, words: 'How do you want to get your code?', choices: [{ id: 'a', label: 'Text message to ••42' }, { id: 'b', label: 'E-mail to a…@x.org' }] }),
  'popup-failed': async (page, home) => {
    const { id } = home.asks('ada');
    await validate(page, '123456');
    await page.getByText('Checking…', { exact: true }).waitFor();
    home.run('ada', { state: 'FAILED', reason: 'LOGIN_FAILED.TOO_MANY_ATTEMPTS', words: 'Locked for 60 seconds.' });
    home.challenge({ id, state: 'ENDED', outcome: 'RUN_ENDED' });
  },
  'banner': async (page, home) => {
    await page.goto(`${home.url}/#/add/sandbox`);
    await page.getByLabel('Login').pressSequentially('ada');
    home.asks('ada');
    await page.getByTestId('challenge-banner').waitFor();
  },
  'toast': async (page, home) => {
    const { id } = home.asks('ada');
    await code(page).waitFor();
    home.challenge({ id, state: 'CHECKING' });
    await page.getByText('in another window').waitFor();
  },
  'lost': async (page, home) => {
    home.refuseStreams = true;
    home.dropStreams();
    await page.getByText('Connection lost.').waitFor();
  },
  'signed-out': async (page, home) => home.endSessions(),
  'used-link': { signedOut: true, play: async (page, home) => page.goto(`${home.url}/#login=used`) },
  'no-tls': { host: 'home.test', play: async (page, home) => page.goto(`http://home.test:${home.port}/#/add/sandbox`) },
};

for (const [name, state] of Object.entries(states)) {
  if (only && !name.startsWith(only)) continue;
  const { play, empty = false, signedOut = false, host = '127.0.0.1' } = typeof state === 'function' ? { play: state } : state;
  for (const scheme of ['light', 'dark']) {
    const home = await MockHome.start(folder);
    if (!empty) fill(home);
    const context = await browser.newContext({ colorScheme: scheme, viewport: { width: 1280, height: 800 }, locale: 'en-GB', reducedMotion: 'reduce' });
    const page = await context.newPage();
    page.setDefaultTimeout(8_000);
    if (!signedOut) {
      await page.goto(home.link().replace('127.0.0.1', host));
      await page.getByRole('heading', { level: 1 }).or(page.getByText('No account yet')).first().waitFor();
    }
    try {
      await play(page, home);
      for (const width of [1280, 390]) {
        await page.setViewportSize({ width, height: width === 390 ? 844 : 800 });
        await page.waitForTimeout(250);
        await page.screenshot({ path: join(out, `${name}-${width}-${scheme}.png`), fullPage: !name.startsWith('popup') && name !== 'remove' });
      }
    } catch (error) {
      console.error(`${name}: ${error.message}`);
      process.exitCode = 1;
    }
    await context.close();
    await home.stop();
  }
}
await browser.close();
await rm(folder, { recursive: true });
