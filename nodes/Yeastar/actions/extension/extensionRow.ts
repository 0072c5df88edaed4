import type { IDataObject } from 'n8n-workflow';

interface DeviceStatus {
	status?: number;
	/** The desk phones: one entry per registration. */
	status_list?: Array<{ status?: number }>;
}

export interface ExtensionRow extends IDataObject {
	id: number | string;
	number: string;
}

const DEVICE_NAMES: Record<string, string> = {
	sip_phone: 'sipPhone',
	linkus_desktop: 'linkusDesktop',
	linkus_mobile: 'linkusMobile',
	linkus_web: 'linkusWeb',
};

export function simplifiedExtension(row: ExtensionRow): IDataObject {
	return {
		id: String(row.id),
		number: row.number,
		name: row.caller_id_name ?? '',
		email: row.email_addr ?? '',
		mobile: row.mobile_number ?? '',
		role: row.role_name ?? '',
		presence: row.custom_presence_status || row.presence_status || '',
		onlineOn: onlineDevices((row.online_status ?? {}) as Record<string, DeviceStatus>),
	};
}

function onlineDevices(statuses: Record<string, DeviceStatus>): string[] {
	return Object.entries(DEVICE_NAMES)
		.filter(([device]) => {
			const { status, status_list: list = [] } = statuses[device] ?? {};
			return status === 1 || list.some((registration) => registration.status === 1);
		})
		.map(([, name]) => name);
}
