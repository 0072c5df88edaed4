import { z } from 'zod';
import { get, type Endpoint } from './endpoint.mts';
import { byField, pageOf, pagingParameters } from './paging.mts';

const paging = { query: z.object(pagingParameters) };

/** Menus and ring groups. Public clients use both lists; their rows are unconfirmed beyond id, name and number. */
export const menuEndpoints: Endpoint[] = [
	get('ivr/list', paging, ({ query, pbx }) => {
		const page = pageOf(pbx.settings.company.ivrs, query, pbx, byField('id', 'number', 'name'));
		return { total_number: page.total_number, data: page.rows };
	}),
	get('ringgroup/list', paging, ({ query, pbx }) => {
		const rows = pbx.settings.company.ringGroups.map(({ id, name, number }) => ({
			id,
			name,
			number,
		}));
		const page = pageOf(rows, query, pbx, byField('id', 'number', 'name'));
		return { total_number: page.total_number, data: page.rows };
	}),
];
