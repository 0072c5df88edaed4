import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv, { type ValidateFunction } from 'ajv';
import type { INodeParameters } from 'n8n-workflow';
import { ZohoCrmTelephony } from '../../../nodes/Zoho/ZohoCrmTelephony.node';
import { zohoCrmClient } from '../../../nodes/Zoho/transport/zohoCrm';
import type { LoggedRequest } from '../../simulators/zoho/requestLog.mts';
import { startZohoSimulator, type ZohoSimulator } from '../../simulators/zoho/zohoSimulator.mts';
import { executeContext } from '../nodeContext.mts';
import { byId, mapped, runZoho, zohoCredential } from './zohoNode.mts';

/** Zoho's own OpenAPI descriptions; they are not part of this repository. */
const CONTRACTS = join(process.cwd(), '..', 'shared', 'contracts', 'zoho-crm-v8');

/** The address under which the descriptions refer to one another. */
const PUBLISHED_AT =
	'https://raw.githubusercontent.com/Zohocorp-Pvt-Ltd/crm-oas/refs/heads/main/v8.0/';

const OVERDEMANDING: Record<string, string[]> = {
	'composite_requests.json': ['wrapper', 'composite_requests'],
	'modules.json': ['Minified_Module'],
	'notes.json': ['Note'],
};

interface OpenApi {
	paths: Record<string, Record<string, { parameters?: Array<{ $ref?: string; name?: string }> }>>;
	components: {
		schemas: Record<string, { required?: string[] }>;
		parameters?: Record<string, { name: string }>;
	};
}

function contract(file: string): OpenApi {
	return JSON.parse(readFileSync(join(CONTRACTS, file), 'utf8')) as OpenApi;
}

function validators(): (schema: string) => ValidateFunction {
	const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true });
	for (const file of readdirSync(CONTRACTS).filter((name) => name.endsWith('.json'))) {
		const document = contract(file);
		// There the description demands every key, read-only ones too; the documentation's own samples leave most out.
		for (const schema of OVERDEMANDING[file] ?? []) {
			delete document.components.schemas[schema].required;
		}
		ajv.addSchema(document, `${PUBLISHED_AT}${file}`);
	}
	return (schema) => ajv.compile({ $ref: `${PUBLISHED_AT}${schema}` });
}

function parameterNames(file: string, path: string): string[] {
	const { paths, components } = contract(file);
	return (paths[path].get.parameters ?? []).map(({ $ref, name }) =>
		$ref ? (components.parameters?.[$ref.split('/').at(-1) ?? '']?.name ?? '') : (name ?? ''),
	);
}

if (existsSync(CONTRACTS)) {
	describe("requests fit Zoho's own description", () => {
		let zoho: ZohoSimulator;
		beforeEach(async () => {
			zoho = await startZohoSimulator();
		});
		afterEach(async () => {
			await zoho.close();
		});
		const schemaNamed = validators();

		const lastRequest = (): LoggedRequest => {
			const request = zoho.requests.findLast(({ path }) => !path.includes('/settings/'));
			if (!request) throw new Error('No request was made');
			return request;
		};
		const expectBody = (schema: string) => {
			const validate = schemaNamed(schema);
			validate(lastRequest().body);
			expect(validate.errors).toBeNull();
		};
		const fields = mapped({ Last_Name: 'Brunner', Email: 'nora@example.ch' }, ['Email']);

		it.each<[string, INodeParameters]>([
			['insert', { operation: 'create', fields, options: { automations: ['workflow'] } }],
			['upsert', { operation: 'upsert', fields }],
		])('%s', async (_name, parameters) => {
			await runZoho(zoho, { resource: 'contact', ...parameters });
			expectBody('record.json#/components/schemas/Body_Wrapper');
			const allowed = Object.keys(
				(contract('record.json').components.schemas.Body_Wrapper as { properties: object })
					.properties,
			);
			expect(allowed).toEqual(expect.arrayContaining(Object.keys(lastRequest().body as object)));
		});

		it('update', async () => {
			const id = zoho.insert('Contacts', { Last_Name: 'Brunner' });
			const parameters = { resource: 'contact', operation: 'update', recordId: byId(id), fields };
			await runZoho(zoho, parameters);
			expectBody('record.json#/components/schemas/Body_Wrapper');
		});

		it('note', async () => {
			const id = zoho.insert('Contacts', { Last_Name: 'Brunner' });
			await runZoho(
				zoho,
				{ resource: 'note', operation: 'create', title: 'Call' },
				{ items: [{ match: { record: { module: 'Contacts', id } } }] },
			);
			expectBody('notes.json#/components/schemas/Body_Wrapper');
		});

		it('query', async () => {
			const query = 'select Last_Name from Leads where id is not null';
			await runZoho(zoho, { resource: 'record', operation: 'query', query });
			expectBody('coql.json#/components/schemas/Body_Wrapper');
		});

		it('composite', async () => {
			const context = executeContext(new ZohoCrmTelephony(), {
				parameters: { resource: 'user', operation: 'getAll' },
				credentials: { callBridgeZohoOAuth2Api: zohoCredential(zoho) },
			});
			const client = await zohoCrmClient(context);
			await client.composite([
				{ method: 'GET', path: '/Leads/search', query: { phone: '0445550123', per_page: 25 } },
				{ method: 'POST', path: '/Leads', body: { data: [{ Last_Name: 'x', Company: 'y' }] } },
			]);
			expectBody('composite_requests.json#/components/schemas/wrapper');
		});

		it('list', async () => {
			await runZoho(zoho, {
				resource: 'contact',
				operation: 'getAll',
				sort: { rule: { by: 'Modified_Time', direction: 'asc' } },
			});
			expect(parameterNames('record.json', '/crm/v8/{module_api_name}')).toEqual(
				expect.arrayContaining(Object.keys(lastRequest().query)),
			);
		});

		it('search', async () => {
			const condition = [{ field: 'Last_Name', operator: 'equals', value: 'x' }];
			await runZoho(zoho, {
				resource: 'contact',
				operation: 'getAll',
				filters: { conditions: { condition } },
			});
			expect(parameterNames('record.json', '/crm/v8/{module_api_name}/search')).toEqual(
				expect.arrayContaining(Object.keys(lastRequest().query)),
			);
		});
	});
} else {
	describe("requests are not compared with Zoho's own description", () => {
		it(`because it is not at ${CONTRACTS}`, () => {
			expect(existsSync(CONTRACTS)).toBe(false);
		});
	});
}
