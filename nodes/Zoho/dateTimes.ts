import type { DateTime } from 'luxon';

/** `2026-03-04T09:15:00+01:00`: Zoho CRM takes neither milliseconds nor a bare `Z`. */
export function zohoDateTime(moment: DateTime): string {
	return moment.toFormat("yyyy-MM-dd'T'HH:mm:ssZZ");
}

/** `2026-03-04`, the day in the zone of the moment. */
export function zohoDate(moment: DateTime): string {
	return moment.toFormat('yyyy-MM-dd');
}

/** `2026-03-04T08:15:00.000Z`: Zoho Desk takes nothing but UTC with milliseconds (zoho-desk.md, 0). */
export function deskDateTime(moment: DateTime): string {
	return moment.toUTC().toFormat("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'");
}
