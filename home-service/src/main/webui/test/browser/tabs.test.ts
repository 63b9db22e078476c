import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { describeInBrowser, eventually, line, popup, says, stopClock, validate } from './stage.ts';

describeInBrowser('the tabs of a browser', (stage) => {
  it('share one stream, ten of them, and an answer in the last closes all others', async () => {
    stage.home.account({ id: 'ada' });
    const tabs: Page[] = [await stage.signedIn()];
    for (let more = 1; more < 10; more += 1) tabs.push(await stage.tab());
    for (const tab of tabs) await tab.getByTestId('account-ada').waitFor();
    await eventually(() => expect(stage.home.streams.size).toBe(1));
    stage.home.onCode = ({ id }) => {
      stage.home.challenge({ id, state: 'CHECKING' });
      return { verdict: 'DELIVERED' };
    };
    const { id } = stage.home.asks('ada');
    for (const tab of tabs) await popup(tab).waitFor();
    const last = tabs.at(-1)!;
    const told = says(tabs[0]!.locator('kt-toast'), 'A code was already entered in another window or on another device.');
    await validate(last, '123456');
    await told;
    await says(line(last), 'Checking…');
    for (const tab of tabs.slice(0, -1)) await popup(tab).waitFor({ state: 'hidden' });
    stage.home.challenge({ id, state: 'ENDED', outcome: 'ACCEPTED' });
    await popup(last).waitFor({ state: 'hidden' });
    await eventually(() => expect(stage.home.streams.size).toBe(1));
  });

  it('go on when the one that reads the stream is closed', async () => {
    stage.home.account({ id: 'ada' });
    const first = await stage.signedIn();
    const second = await stage.tab();
    await second.getByTestId('account-ada').waitFor();
    await first.close();
    await eventually(() => expect(stage.home.streams.size).toBe(1));
    stage.home.asks('ada');
    await popup(second).waitFor();
  });

  it('take the stream over from a tab that does not answer', async () => {
    stage.home.account({ id: 'ada' });
    const frozen = await stage.tab('/favicon.svg');
    await frozen.evaluate(() => {
      navigator.locks.request('keyturn-stream', () => new Promise(() => undefined)).catch(() => undefined);
    });
    const page = await stage.signedIn();
    await page.getByTestId('account-ada').waitFor();
    await eventually(() => expect(stage.home.streams.size).toBe(1));
  });

  it('are all signed out when the session ends, and all signed in again by one link', async () => {
    stage.home.account({ id: 'ada' });
    const first = await stage.signedIn();
    const second = await stage.tab();
    await second.getByTestId('account-ada').waitFor();
    stage.home.endSessions();
    await first.getByText('You are signed out').waitFor();
    await second.getByText('You are signed out').waitFor();
    const third = await stage.signedIn();
    await third.getByTestId('account-ada').waitFor();
    await first.getByTestId('account-ada').waitFor();
    await second.getByTestId('account-ada').waitFor();
    await eventually(() => expect(stage.home.streams.size).toBe(1));
  });

  it('say that the connection is lost, and that it is back', async () => {
    stage.home.account({ id: 'ada' });
    const page = await stage.signedIn();
    const follower = await stage.tab();
    await follower.getByTestId('account-ada').waitFor();
    stage.home.refuseStreams = true;
    stage.home.dropStreams();
    await says(page.getByTestId('connection'), 'Connection lost.');
    await says(follower.getByTestId('connection'), 'Connection lost.');
    stage.home.refuseStreams = false;
    stage.home.account({ id: 'ada', status: 'CONNECTED' });
    await Promise.all([page, follower].map((tab) => says(tab.getByTestId('connection'), 'The connection is back.')));
    await eventually(async () =>
      expect(await follower.getByTestId('account-ada').getAttribute('data-status')).toBe('CONNECTED'),
    );
  });

  it('say so too while Home is there and cannot see what happens', async () => {
    stage.home.account({ id: 'ada' });
    const page = await stage.signedIn();
    const follower = await stage.tab();
    await follower.getByTestId('account-ada').waitFor();
    stage.home.emit('heartbeat', { behind: true });
    await says(page.getByTestId('connection'), 'Connection lost.');
    await says(follower.getByTestId('connection'), 'Connection lost.');
    stage.home.account({ id: 'ada', status: 'CONNECTED' });
    await eventually(async () =>
      expect(await follower.getByTestId('account-ada').getAttribute('data-status')).toBe('CONNECTED'),
    );
    expect(await follower.getByTestId('connection').getAttribute('data-state')).toBe('lost');
    stage.home.emit('heartbeat', { behind: false });
    await Promise.all([page, follower].map((tab) => says(tab.getByTestId('connection'), 'The connection is back.')));
    expect(stage.home.streamsOpened).toBe(1);
  });

  it('connect anew when two heartbeats are missed', async () => {
    const page = await stage.context.newPage();
    await page.clock.install();
    await page.goto(stage.home.link());
    await page.getByText('No account yet').waitFor();
    expect(stage.home.streamsOpened).toBe(1);
    await stopClock(page);
    stage.home.account({ id: 'ada' });
    await page.getByTestId('account-ada').waitFor();
    await page.clock.runFor(20_000);
    expect(stage.home.streamsOpened).toBe(1);
    stage.home.refuseStreams = true;
    await page.clock.runFor(1_500);
    await says(page.getByTestId('connection'), 'Connection lost.');
    stage.home.refuseStreams = false;
    await eventually(async () => {
      await page.clock.runFor(500);
      expect(stage.home.streamsOpened).toBe(2);
    });
    await says(page.getByTestId('connection'), 'The connection is back.');
  });

  it('connect anew when they come back online', async () => {
    const page = await stage.signedIn();
    await page.getByText('No account yet').waitFor();
    await page.waitForTimeout(1_050);
    await page.evaluate(() => void dispatchEvent(new Event('online')));
    await eventually(() => expect(stage.home.streamsOpened).toBe(2));
    await eventually(async () => expect(await page.getByTestId('connection').getAttribute('data-state')).toBe('live'));
  });
});
