import { displayPatternName, displayTime } from '../pbxClock.mts';
import { get, type Endpoint } from './endpoint.mts';

export const systemEndpoints: Endpoint[] = [
	// That the answer holds these facts is official; the names of the fields are guesses (unconfirmed).
	get('system/information', {}, ({ pbx }) => {
		const { serial, model, firmwareVersion, timeZone, displayFormat, now } = pbx.settings;
		return {
			data: {
				device_name: 'Simulated PBX',
				model,
				sn: serial,
				firmware_version: firmwareVersion,
				system_time: displayTime(Math.floor(now() / 1000), timeZone, displayFormat),
				time_zone: timeZone,
				display_format: displayPatternName(displayFormat),
				uptime: '3 days 04:05:06',
			},
		};
	}),
	// Lists for drop-downs; the layout is a guess (unconfirmed).
	get('system/get_menuoptions', {}, ({ pbx }) => {
		const { extensions, queues, ringGroups, ivrs, trunks } = pbx.settings.company;
		const options = (places: Array<{ id: number; name: string; number: string }>) =>
			places.map(({ id, name, number }) => ({ value: String(id), text: name, text2: number }));
		return {
			data: {
				extension_list: options(extensions),
				queue_list: options(queues),
				ring_group_list: options(ringGroups),
				ivr_list: options(ivrs),
				trunk_list: trunks.map((name, index) => ({ value: String(index + 1), text: name })),
				phonebook_list: pbx.phonebooks.map(({ id, name }) => ({ value: String(id), text: name })),
			},
		};
	}),
	get('system/capacity', {}, ({ pbx }) => ({
		data: {
			company_contact: { used: pbx.contacts.length, max: pbx.settings.contactCapacity },
			phonebook: { used: pbx.phonebooks.length, max: pbx.settings.phonebookCapacity },
		},
	})),
];
