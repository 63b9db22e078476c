import { expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { code, describeInBrowser, eventually, line, popup, says, stopClock, validate } from './stage.ts';

async function paste(page: Page, text: string): Promise<void> {
  await code(page).evaluate((input, pasted) => {
    const data = new DataTransfer();
    data.setData('text', pasted);
    input.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true, composed: true }));
  }, text);
}

/** Past the second in which a popup that has just come ignores Enter. */
const afterFirstSecond = (page: Page) => page.waitForTimeout(1_050);

describeInBrowser('the popup', (stage) => {
  it('says who asks, where the code went and what the site says, as text and never as HTML', async () => {
    const page = await stage.signedIn();
    stage.home.asks('ada', { words: '<img src=x onerror=alert(1)> Hello', destination: '<b>••42</b>' });
    await popup(page).waitFor();
    await says(popup(page), 'Sandbox asks for a code');
    await says(popup(page), 'Account: ada');
    await says(popup(page), 'Enter the code sent to you by SMS');
    await says(popup(page), 'Sent to <b>••42</b>');
    await says(popup(page).locator('blockquote bdi'), '<img src=x onerror=alert(1)> Hello');
    expect(await popup(page).locator('img').count()).toBe(0);
    expect(await page.getByTestId('account-ada').getAttribute('data-status')).toBe('WAITING');
  });

  it('has one field for a one-time code, with a label and the focus in it', async () => {
    const page = await stage.signedIn();
    stage.home.asks('ada');
    const field = page.getByRole('textbox', { name: 'Code' });
    await field.waitFor();
    expect(await field.getAttribute('autocomplete')).toBe('one-time-code');
    expect(await field.getAttribute('inputmode')).toBe('numeric');
    await page.keyboard.type('12');
    expect(await field.inputValue()).toBe('12');
  });

  it('is not closed by Escape, however often, and keeps what is typed', async () => {
    const page = await stage.signedIn();
    stage.home.asks('ada');
    await code(page).fill('123');
    for (let times = 0; times < 4; times += 1) await page.keyboard.press('Escape');
    // What Chromium does at a close request that it does not let the page refuse.
    await popup(page).evaluate((dialog: HTMLDialogElement) => dialog.close());
    await popup(page).waitFor();
    expect(await popup(page).evaluate((dialog) => dialog.matches(':modal'))).toBe(true);
    expect(await code(page).inputValue()).toBe('123');
  });

  it('checks the form before anything is sent', async () => {
    const page = await stage.signedIn();
    const { id } = stage.home.asks('ada');
    await validate(page, '12345');
    await says(line(page), 'Enter the 6 digits of the code.');
    expect(stage.home.sent('POST', `challenges/${id}/code`)).toEqual([]);
    expect(await code(page).inputValue()).toBe('12345');
  });

  it('finds the code in a pasted message, seals it, shows Checking… and closes when it is accepted', async () => {
    const page = await stage.signedIn();
    const received: unknown[] = [];
    stage.home.onCode = ({ id, text, header, round }) => {
      received.push({ text, round, header });
      stage.home.challenge({ id, state: 'CHECKING' });
      return { verdict: 'DELIVERED' };
    };
    const { id } = stage.home.asks('ada');
    await code(page).waitFor();
    await paste(page, 'Your code is 123 456. Do not tell it to anybody.');
    expect(await code(page).inputValue()).toBe('123456');
    await page.getByRole('button', { name: 'Validate' }).click();
    await says(line(page), 'Checking…');
    expect(received).toEqual([
      { text: '123456', round: 1, header: expect.objectContaining({ typ: 'kt-code', kid: `key-${id}`, challenge: id, round: 1 }) },
    ]);
    expect(stage.home.sent('POST', `challenges/${id}/code`)[0]?.origin).toBe(stage.home.url);
    stage.home.challenge({ id, state: 'ENDED', outcome: 'ACCEPTED' });
    await popup(page).waitFor({ state: 'hidden' });
    await says(page.locator('kt-toast'), 'Sandbox accepted the code.');
  });

  it('asks again after a wrong code, with the words of the site and an empty field', async () => {
    const page = await stage.signedIn();
    const { id } = stage.home.asks('ada');
    await validate(page, '111111');
    await says(line(page), 'Checking…');
    const rejected = { by: 'SITE', why: 'WRONG', words: 'That was not it.' };
    stage.home.challenge({ id, state: 'REJECTED', rejected });
    await says(line(page), 'Invalid code. One moment…');
    stage.home.challenge({ ...stage.home.challenges.get(id)!, id: 'second', state: 'OPEN', attempt: 2, retryOf: id, wrongCodesLeft: 1 });
    await says(line(page), 'Invalid code, please re-enter.');
    await says(popup(page), 'That was not it.');
    await says(popup(page), 'One more wrong code and the site may lock.');
    expect(await code(page).inputValue()).toBe('');
    await page.keyboard.type('222222');
    expect(await code(page).inputValue()).toBe('222222');
  });

  it('counts down by the clock of the server, and offers a new start when the time is over', async () => {
    stage.home.skew = 3_600_000;
    const page = await stage.signedIn();
    const { id } = stage.home.asks('ada', { deadline: stage.home.in(110) });
    await says(popup(page).getByRole('timer'), /(^|\D)1:\d\d/);
    stage.home.challenge({ id, state: 'ENDED', outcome: 'EXPIRED' });
    stage.home.run('ada', { state: 'FAILED', reason: 'USER_ACTION_NEEDED.TWOFA_EXPIRED' });
    await says(line(page), 'Authentication renewal required. No code was entered in time; start again when you are ready.');
    await afterFirstSecond(page);
    await page.getByRole('dialog').getByRole('button', { name: 'Start again' }).click();
    await popup(page).waitFor({ state: 'hidden' });
    expect(stage.home.sent('POST', 'accounts/ada/runs').map((one) => one.body)).toEqual([{ trigger: 'MANUAL' }]);
  });

  it('takes no code after the deadline, and waits for what the server says', async () => {
    const page = await stage.signedIn();
    stage.home.asks('ada', { deadline: stage.home.in(1) });
    await says(line(page), 'The time is over.');
    expect(await page.getByRole('button', { name: 'Validate' }).isDisabled()).toBe(true);
  });

  it('is cancelled by its button, and says so', async () => {
    const page = await stage.signedIn();
    const { id } = stage.home.asks('ada');
    await page.getByRole('button', { name: 'Cancel' }).click();
    await says(line(page), 'This sign-in was cancelled.');
    expect(stage.home.sent('POST', `challenges/${id}/cancel`).length).toBe(1);
    await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
    await popup(page).waitFor({ state: 'hidden' });
  });

  it.each([
    ['ALREADY_ANSWERED', 'A code was already entered in another window or on another device.'],
    ['SUPERSEDED', 'A newer code was sent. Enter that one.'],
    ['TOO_LATE', 'The time to enter the code ran out.'],
    ['CANCELLED', 'This sign-in was cancelled.'],
  ])('says what the verdict %s means', async (verdict, words) => {
    const page = await stage.signedIn();
    stage.home.onCode = () => ({ verdict });
    stage.home.asks('ada');
    await validate(page, '123456');
    await says(line(page), words);
  });

  it('says that a challenge is not known any more, and can be put away', async () => {
    const page = await stage.signedIn();
    stage.home.onCode = () => ({ status: 404, verdict: 'UNKNOWN_CHALLENGE' });
    stage.home.asks('ada');
    await validate(page, '123456');
    await says(line(page), 'This request for a code is no longer open.');
    await popup(page).getByRole('button', { name: 'Close' }).click();
    await popup(page).waitFor({ state: 'hidden' });
  });

  it('sends the same submission again while it is pending or Home is away, and another for another text', async () => {
    const page = await stage.signedIn();
    const answers = [{ status: 202, verdict: 'PENDING' }, { status: 503, headers: { 'Retry-After': '1' } }, null, { status: 400, verdict: 'MALFORMED' }];
    const ids: string[] = [];
    stage.home.onCode = ({ submissionId }) => {
      ids.push(submissionId);
      return answers.length > 0 ? answers.shift()! : { verdict: 'DELIVERED' };
    };
    stage.home.asks('ada');
    await validate(page, '123456');
    await says(line(page), 'Still sending. Your code is not lost.');
    await says(line(page), 'Keyturn cannot be reached. Your code is not lost');
    await says(line(page), 'Enter the 6 digits of the code.');
    await page.getByRole('button', { name: 'Validate' }).click();
    await says(line(page), 'Checking…');
    expect(new Set(ids.slice(0, 5)).size).toBe(1);
    expect(ids.length).toBe(5);
  });

  it('sends another submission for another text', async () => {
    const page = await stage.signedIn();
    const ids: string[] = [];
    stage.home.onCode = ({ submissionId }) => {
      ids.push(submissionId);
      return { verdict: 'SUPERSEDED' };
    };
    stage.home.asks('ada');
    await validate(page, '123456');
    await says(line(page), 'A newer code was sent.');
    await validate(page, '654321');
    await eventually(() => expect(new Set(ids).size).toBe(2));
  });

  it('does not take the focus from somebody who types, and comes forward at the pause', async () => {
    await stage.context.clock.install();
    const page = await stage.signedIn();
    await page.goto(`${stage.home.url}/#/add/sandbox`);
    await page.getByLabel('Login').waitFor();
    await stopClock(page);
    await page.getByLabel('Login').pressSequentially('ad');
    stage.home.asks('ben');
    await page.getByTestId('challenge-banner').waitFor();
    await page.keyboard.type('a');
    expect(await popup(page).isVisible()).toBe(false);
    expect(await page.getByLabel('Login').inputValue()).toBe('ada');
    await page.clock.runFor(1_900);
    expect(await popup(page).isVisible()).toBe(false);
    await page.clock.runFor(200);
    await popup(page).waitFor();
    await page.keyboard.type('12');
    expect(await code(page).inputValue()).toBe('12');
    expect(await page.getByTestId('challenge-banner').count()).toBe(0);
  });

  it('ignores Enter in its first second, and takes it afterwards', async () => {
    await stage.context.clock.install();
    const page = await stage.signedIn();
    await stopClock(page);
    stage.home.asks('ada');
    await popup(page).waitFor();
    await page.clock.runFor(900);
    await page.keyboard.press('Enter');
    expect((await line(page).textContent())?.trim()).toBe('');
    await page.clock.runFor(200);
    await page.keyboard.press('Enter');
    await says(line(page), 'Enter the 6 digits of the code.');
  });

  it('is back after a reload, with the same deadline', async () => {
    const page = await stage.signedIn();
    stage.home.asks('ada', { deadline: stage.home.in(115) });
    await says(popup(page).getByRole('timer'), /(^|\D)1:\d\d/);
    await page.reload();
    await popup(page).waitFor();
    await says(popup(page).getByRole('timer'), /(^|\D)1:\d\d/);
  });

  it('asks one at a time, and says that others wait', async () => {
    const page = await stage.signedIn();
    stage.home.onCode = ({ id }) => {
      stage.home.challenge({ id, state: 'CHECKING' });
      return { verdict: 'DELIVERED' };
    };
    const first = stage.home.asks('ada');
    stage.home.asks('ben', { type: 'EMAIL', destination: 'b…@x.org', deadline: stage.home.in(200) });
    await says(popup(page), 'Account: ada');
    await says(popup(page), 'One more sign-in waits for a code.');
    await validate(page, '123456');
    await says(line(page), 'Checking…');
    await page.getByRole('button', { name: 'Next request' }).click();
    await says(popup(page), 'Enter the code sent to you by e-mail');
    await says(popup(page), 'Account: ben');
    stage.home.challenge({ id: first.id, state: 'ENDED', outcome: 'ACCEPTED' });
    await says(popup(page), 'Account: ben');
  });

  it('sends again from when the site does, once for each round, and then takes the newer code', async () => {
    await stage.context.clock.install();
    const page = await stage.signedIn();
    await stopClock(page);
    const asked: unknown[] = [];
    stage.home.onWish = (wished) => {
      asked.push(wished);
      return { verdict: 'DELIVERED' };
    };
    const { id } = stage.home.asks('ada', { resendFrom: stage.home.in(9.5), deadline: stage.home.in(170) });
    const again = page.getByTestId('resend');
    await says(again, 'Send again in 0:10');
    expect(await again.isDisabled()).toBe(true);
    await page.clock.runFor(9_000);
    await says(again, 'Send again in 0:01');
    await page.clock.runFor(1_000);
    await page.getByRole('button', { name: 'Send again', exact: true }).click();
    await says(line(page), 'Sandbox is asked to send again…');
    expect(await again.isDisabled()).toBe(true);
    await eventually(() => expect(asked).toEqual([{ id, what: 'resend', round: 1 }]));
    await code(page).fill('111');
    stage.home.challenge({ id, round: 2, resendFrom: stage.home.in(9.8) });
    await says(line(page), 'A newer code was sent. Enter that one.');
    expect(await code(page).inputValue()).toBe('');
    expect(await code(page).getAttribute('aria-invalid')).toBe(null);
    await says(again, 'Send again in 0:10');
  });

  it('offers the other methods by name, and shows what the next round asks for', async () => {
    const page = await stage.signedIn();
    const asked: unknown[] = [];
    stage.home.onWish = (wished) => {
      asked.push(wished);
      return { verdict: 'DELIVERED' };
    };
    const { id } = stage.home.asks('ada', { methods: ['EMAIL', 'APP_CODE'] });
    await popup(page).waitFor();
    expect(await page.getByTestId('resend').count()).toBe(0);
    expect(await page.getByRole('button', { name: 'I need more time' }).count()).toBe(0);
    await page.getByRole('button', { name: 'Other method' }).click();
    await page.getByRole('button', { name: 'Code by e-mail' }).click();
    await says(line(page), 'Sandbox is asked for the other method…');
    await eventually(() => expect(asked).toEqual([{ id, what: 'method', round: 1, method: 'EMAIL' }]));
    stage.home.challenge({ id, round: 2, type: 'EMAIL', destination: 'a…@x.org', methods: ['SMS'] });
    await says(popup(page), 'Enter the code sent to you by e-mail');
    await says(popup(page), 'Sent to a…@x.org');
    await page.getByRole('button', { name: 'Other method' }).click();
    expect(await page.getByRole('button', { name: 'Code by SMS' }).isEnabled()).toBe(true);
  });

  it('gives more time as long as the site has some, and keeps what is typed', async () => {
    const page = await stage.signedIn();
    const asked: unknown[] = [];
    const latest = stage.home.in(170);
    stage.home.onWish = ({ id, ...wished }) => {
      asked.push(wished);
      stage.home.challenge({ id, deadline: latest });
      return { verdict: 'DELIVERED' };
    };
    stage.home.asks('ada', { deadline: stage.home.in(50), extendableTo: latest });
    await code(page).fill('123');
    await says(popup(page).getByRole('timer'), /(^|\D)0:\d\d/);
    await page.getByRole('button', { name: 'I need more time' }).click();
    await says(line(page), 'You have more time.');
    await says(popup(page).getByRole('timer'), /(^|\D)2:\d\d/);
    await eventually(() => expect(asked).toEqual([{ what: 'extend', seconds: 120 }]));
    expect(await page.getByRole('button', { name: 'I need more time' }).count()).toBe(0);
    expect(await code(page).inputValue()).toBe('123');
  });

  it('says when the site does not offer what was asked for, and when a code was first', async () => {
    const page = await stage.signedIn();
    stage.home.onWish = () => ({ status: 400, verdict: 'MALFORMED' });
    stage.home.asks('ada', { resendFrom: stage.home.in(-1) });
    await page.getByRole('button', { name: 'Send again' }).click();
    await says(line(page), 'The site does not offer that now.');
    stage.home.onWish = () => ({ verdict: 'ALREADY_ANSWERED' });
    await page.getByRole('button', { name: 'Send again' }).click();
    await says(line(page), 'A code was already entered in another window or on another device.');
  });

  it('takes a choice by its radio buttons', async () => {
    const page = await stage.signedIn();
    const received: string[] = [];
    stage.home.onCode = ({ text }) => {
      received.push(text);
      return { verdict: 'DELIVERED' };
    };
    stage.home.asks('ada', { type: 'CHOICE', format: null, destination: null, choices: [{ id: 'a', label: 'First' }, { id: 'b', label: 'Second' }] });
    await popup(page).waitFor();
    await page.getByRole('button', { name: 'Validate' }).click();
    await says(line(page), 'Choose one.');
    await page.getByLabel('Second').check();
    await page.getByRole('button', { name: 'Validate' }).click();
    await says(line(page), 'Checking…');
    expect(received).toEqual(['b']);
  });

  it("advises to wait when an authenticator's code is about to change, and takes it all the same", async () => {
    const page = await stage.signedIn();
    stage.home.skew = 30_000 - (Date.now() % 30_000) - 3_500;
    stage.home.asks('cleo', { type: 'APP_CODE', destination: null });
    await page.getByTestId('code-advice').waitFor();
    await validate(page, '123456');
    await says(line(page), 'Checking…');
  });

  it('learns how a challenge ended while nobody listened', async () => {
    const page = await stage.signedIn();
    const { id } = stage.home.asks('ada');
    await popup(page).waitFor();
    stage.home.challenges.set(id, { ...stage.home.challenges.get(id)!, state: 'ENDED', outcome: 'EXPIRED', version: 9_999 });
    stage.home.dropStreams();
    await says(line(page), 'Authentication renewal required.');
  });

  it('speaks French to who reads French', async () => {
    await stage.context.addInitScript(() => Object.defineProperty(navigator, 'languages', { value: ['fr-FR'] }));
    const page = await stage.context.newPage();
    await page.goto(stage.home.link());
    stage.home.asks('ada');
    await says(popup(page), 'Saisissez le code qui vous a été envoyé par SMS');
    await code(page).fill('1');
    await page.getByRole('button', { name: 'Valider' }).click();
    await says(line(page), 'Saisissez les 6 chiffres du code.');
    const ways = { methods: ['EMAIL'], resendFrom: stage.home.in(-1), extendableTo: stage.home.in(900) };
    stage.home.challenge({ id: stage.home.challenges.keys().next().value!, ...ways });
    for (const name of ['Renvoyer', 'Autre méthode', 'Il me faut plus de temps']) {
      await page.getByRole('button', { name }).waitFor();
    }
  });
});
