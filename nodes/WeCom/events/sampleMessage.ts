import type { WeComMessage } from '../message/WeComMessage';
import { readMessage } from '../message/readMessage';

/** A message as they come, for a test in the editor where WeCom has none of the last three days. */
export function sampleMessage(openKfId: string, accountName: string | null): WeComMessage {
	return {
		...readMessage(
			{
				msgid: 'sample',
				open_kfid: openKfId,
				external_userid: 'wmSampleCustomer',
				send_time: Date.parse('2026-03-02T08:15:00Z') / 1_000,
				origin: 3,
				msgtype: 'text',
				text: { content: 'This is a sample: WeCom has no message of the last three days.' },
			},
			{ openKfId, accountName, receivedBy: 'poll', attempt: 1 },
			0,
		),
		customer: { nickname: 'Sample Customer', avatarUrl: null, gender: null, unionId: null },
	};
}
