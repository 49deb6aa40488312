import { describe, expect, it } from '@jest/globals';
import { channelOf, NEW_CHANNEL } from './channel-draft';

const mail = {
  ...NEW_CHANNEL,
  name: 'Shift',
  to: 'a@b.example, c@d.example',
  from: 'astra@b.example',
  host: 'mail.b.example',
};

describe('a new channel', () => {
  it('reads lists however they are set apart; no lathe means all', () => {
    expect(channelOf(mail)).toMatchObject({
      channel: { kind: 'email', to: ['a@b.example', 'c@d.example'], lathes: 'all', smtp: { port: 587 } },
    });
    expect(channelOf({ ...mail, lathes: 'lathe-1 LATHE-02' })).toMatchObject({
      channel: { lathes: ['lathe-1', 'LATHE-02'] },
    });
  });

  it('says what is wrong before it is sent', () => {
    expect(channelOf({ ...mail, lathes: 'lathe-1, drill' })).toEqual({ fault: 'drill is no lathe' });
    expect(channelOf({ ...mail, to: '' })).toMatchObject({ fault: expect.stringMatching(/^to: /) });
    expect(channelOf({ ...mail, kind: 'webhook', url: 'http://127.0.0.1/', secret: 'short' })).toMatchObject({
      fault: expect.stringMatching(/^secret: /),
    });
  });
});
