// Serves the page with a mock Home: `npm run mock`, then open the link that it prints.
import { buildPage } from './build.mjs';
import { MockHome } from './home.mjs';

const home = await MockHome.start(await buildPage(), Number(process.env.PORT ?? 0));
home.onCode = ({ id, text }) => {
  const challenge = home.challenge({ id, state: 'CHECKING' });
  setTimeout(() => {
    if (text === '123456') {
      home.challenge({ id, state: 'ENDED', outcome: 'ACCEPTED' });
      home.run(challenge.accountId, { state: 'DONE' });
    } else {
      home.challenge({ id, state: 'REJECTED' });
      home.challenge({ ...challenge, id: `${id}x`, state: 'OPEN', attempt: challenge.attempt + 1, retryOf: id, rejected: { by: 'SITE', why: 'WRONG', words: 'That was not it.' } });
    }
  }, 1_500);
  return { verdict: 'DELIVERED' };
};
home.account({ id: 'ada', label: 'ada' });
home.asks('ben', { type: 'EMAIL', destination: 'b…@x.org' });
console.log(home.link());
