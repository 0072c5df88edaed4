import { invalidParameter } from '../errcodes.mts';
import type { LogEntry } from '../messageLog.mts';
import type { WeComState } from '../weComState.mts';
import { accountOf, openKfid, post, uint32, userId, type Endpoint } from './endpoint.mts';

const DAY = 86_400;
/** Days are Beijing days (wecom-kf.md, 9.1). */
const BEIJING = 8 * 3600;
const midnight = (seconds: number) => Math.floor((seconds + BEIJING) / DAY) * DAY - BEIJING;

/** Midnights from the first to the last day. @throws WeComRefusal 40058 outside of what can be asked */
function daysOf(wecom: WeComState, start: number, end: number): number[] {
	const today = midnight(Math.floor(wecom.settings.now() / 1000));
	const [first, last] = [midnight(start), midnight(end)];
	if (last < first) throw invalidParameter('end_time', 'before start_time');
	if (last >= today) throw invalidParameter('end_time', 'yesterday at the latest');
	if (first < today - 180 * DAY) throw invalidParameter('start_time', '180 days back at most');
	const days = (last - first) / DAY + 1;
	if (days > 31) throw invalidParameter('end_time', '31 days at most');
	return Array.from({ length: days }, (_, day) => first + day * DAY);
}

const ofCustomers = ({ origin }: LogEntry) => origin === 3;

function counts(messages: LogEntry[]) {
	const customers = new Set(messages.map(({ external_userid: id }) => id)).size;
	return { session_cnt: customers, customer_cnt: customers, customer_msg_cnt: messages.length };
}

/** A day without anything has no `statistic`. */
const rows = (days: number[], messages: LogEntry[], statistic: (ofDay: LogEntry[]) => object) => ({
	statistic_list: days.map((day) => {
		const ofDay = messages.filter(({ send_time: at }) => at >= day && at < day + DAY);
		return { stat_time: day, ...(ofDay.length > 0 && { statistic: statistic(ofDay) }) };
	}),
});

const range = { open_kfid: openKfid, start_time: uint32, end_time: uint32 };

/** Counted from the messages. Rates, which cannot be computed while the API serves sessions, are left out (9.1). */
export const statisticEndpoints: Endpoint[] = [
	post('kf/get_corp_statistic', range, ({ input, wecom }) => {
		const { log } = accountOf(wecom, input.open_kfid);
		const days = daysOf(wecom, input.start_time, input.end_time);
		return rows(days, log.entries.filter(ofCustomers), (messages) => ({
			...counts(messages),
			upgrade_service_customer_cnt: 0,
			ai_session_reply_cnt: 0,
			msg_rejected_customer_cnt: 0,
		}));
	}),
	post(
		'kf/get_servicer_statistic',
		{ ...range, servicer_userid: userId.optional() },
		({ input, wecom }) => {
			const { log } = accountOf(wecom, input.open_kfid);
			const days = daysOf(wecom, input.start_time, input.end_time);
			const servicer = input.servicer_userid;
			const servedBy = new Set(
				log.entries
					.filter(({ origin, servicer_userid: id }) => origin === 5 && id === servicer)
					.map(({ external_userid: id }) => id),
			);
			const messages = log.entries
				.filter(ofCustomers)
				.filter(({ external_userid: id }) => servicer === undefined || servedBy.has(id));
			return rows(days, messages, (ofDay) => ({
				...counts(ofDay),
				upgrade_service_customer_cnt: 0,
				upgrade_service_member_invite_cnt: 0,
				upgrade_service_member_customer_cnt: 0,
				upgrade_service_groupchat_invite_cnt: 0,
				upgrade_service_groupchat_customer_cnt: 0,
				msg_rejected_customer_cnt: 0,
			}));
		},
	),
];
