import { z } from 'zod';
import type { Extension } from '../company.mts';
import { notFound } from '../errcodes.mts';
import type { PbxState } from '../pbxState.mts';
import { get, idList, wholeNumber, type Endpoint } from './endpoint.mts';
import { byField, pageOf, pagingParameters, type Paging } from './paging.mts';

const sortKeys = byField<ReturnType<typeof rowOf>>('id', 'number');

function rowOf(extension: Extension, pbx: PbxState) {
	const device = (kind: string) => ({ status: 0, ext_dev_type: kind });
	return {
		id: extension.id,
		number: extension.number,
		caller_id_name: extension.name,
		email_addr: extension.email,
		mobile_number: extension.mobile,
		role_name: '',
		presence_status: 'available',
		online_status: {
			sip_phone: { status: 1, ext_dev_type: 'sip', status_list: [] },
			linkus_desktop: device('linkusdesktop'),
			linkus_mobile: device('linkusmobile'),
			linkus_web: device('linkusweb'),
		},
		timezone: pbx.settings.timeZone,
	};
}

function list(extensions: Extension[], paging: Paging, pbx: PbxState) {
	const rows = extensions.map((extension) => rowOf(extension, pbx));
	const page = pageOf(rows, paging, pbx, sortKeys);
	return { total_number: page.total_number, data: page.rows };
}

export const extensionEndpoints: Endpoint[] = [
	get('extension/list', { query: z.object(pagingParameters) }, ({ query, pbx }) =>
		list(pbx.settings.company.extensions, query, pbx),
	),
	get(
		'extension/search',
		{ query: z.object({ ...pagingParameters, search_value: z.string().default('') }) },
		({ query, pbx }) => {
			const wanted = query.search_value.toLowerCase();
			const found = pbx.settings.company.extensions.filter(({ number, name, email }) =>
				[number, name, email].some((text) => text.toLowerCase().includes(wanted)),
			);
			return list(found, query, pbx);
		},
	),
	get('extension/get', { query: z.object({ id: wholeNumber }) }, ({ query, pbx }) => {
		const found = pbx.settings.company.extensions.find(({ id }) => id === query.id);
		if (found === undefined) throw notFound();
		return { data: rowOf(found, pbx) };
	}),
	get('extension/query', { query: z.object({ ids: idList }) }, ({ query, pbx }) => {
		const found = pbx.settings.company.extensions.filter(({ id }) => query.ids.includes(id));
		return { total_number: found.length, data: found.map((extension) => rowOf(extension, pbx)) };
	}),
];
