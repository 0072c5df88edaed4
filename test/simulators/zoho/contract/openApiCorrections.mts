import type { AnySchemaObject } from 'ajv';
import type { Correction } from './openApiContract.mts';

type Correct = Correction['correct'];

/**
 * Where Zoho's OpenAPI descriptions of the CRM differ from what the documentation shows and clients get. Everything
 * else in them is taken at its word.
 */
export const CORRECTIONS: Correction[] = [
	correction('record', 'Info', 'the sample of Get Records has null where no further page exists', [
		nullable('next_page_token', 'previous_page_token', 'page_token_expiry'),
	]),
	correction('record', 'API_Exception', 'every sample of this detail has a number', [
		detail('maximum_length', { type: 'integer' }),
	]),
	correction('record', 'API_Exception', 'details that the pages of v8 document', [
		detail('supported_values', { type: 'array', items: { type: 'string' } }),
		detail('dependee', { type: 'object' }),
		detail('expected_fields', { type: 'array' }),
		values('code', 'DEPENDENT_MISMATCH'),
		values(
			'message',
			'the id given seems to be invalid',
			'Call Duration can not be zero.',
			'Dependent Fields missing',
		),
	]),
	correction('record', 'Success_Response', 'null if the record was not found by a field', [
		nullable('duplicate_field'),
	]),
	correction('module_search', 'Response_Wrapper', 'the same call in record.json has it', [
		property('info', { type: 'object' }),
	]),
	correction('module_search', 'Record', 'a record has the fields of its module', [open]),
	correction('module_search', 'Max_criteria', 'generated from an error without details', [
		property('details', { type: 'object' }),
	]),
	correction('users', 'users', 'patterns that only fit the test data of the generator', [
		property('email', { type: 'string' }),
		property('website', { type: 'string', nullable: true }),
	]),
	correction('users', 'users', 'the samples of Get Users have text, or null for nobody', [
		property('time_zone', { type: 'string' }),
		property('type__s', { type: 'string' }),
		optional('Reporting_To', '$current_shift', '$next_shift'),
	]),
	correction('users', 'owner', 'the samples of Get Users have only name and id', [
		(schema) => {
			schema.required = ['name', 'id'];
		},
	]),
	correction('org', 'Org', 'the sample of Get Organization writes it in lower case', [
		property('type', { enum: ['production', 'sandbox', 'developer', 'bigin'] }),
	]),
	correction('org', 'License_Details', 'in the sample of Get Organization', [
		property('portal_users_license_purchased', { type: 'integer' }),
	]),
	correction('related_lists', 'related_list', 'listed as required, but not as a property', [
		property('visible', { type: 'boolean' }),
	]),
	correction('related_lists', 'related_list', 'null if nobody chose an order', [
		optional('sort_by'),
	]),
	correction('fields', 'fields', 'of a field that has no such thing it is null', [
		optional(
			'associated_module',
			'default_value',
			'external',
			'crypt',
			'tooltip',
			'history_tracking',
			'association_details',
			'hipaa_compliance',
		),
	]),
	correction('fields', 'fields', 'only fields of certain types have them', [
		(schema) => {
			const rare = [
				'email_parser',
				'quick_sequence_number',
				'refer_from_field',
				'sharing_properties',
				'file_upolad_optionlist',
				'sub_module',
				'convert_mapping',
				'multiuserlookup',
				'autonumber',
				'allowed_modules',
				'common.picklist',
				'_update_existing_records',
				'number_separator',
				'textarea',
				'static_field',
			];
			schema.required = schema.required.filter((name: string) => !rare.includes(name));
		},
	]),
	correction('modules', 'modules', 'only in the answer for one module', [
		(schema) => {
			const ofSingle = [
				'business_card_fields',
				'per_page',
				'$properties',
				'$on_demand_properties',
				'search_layout_fields',
				'kanban_view_supported',
				'lookup_field_properties',
				'kanban_view',
				'related_lists',
				'filter_status',
				'related_list_properties',
				'display_field',
				'layouts',
				'fields',
				'custom_view',
				'zia_view',
				'default_mapping_fields',
				'layout_associations',
			];
			schema.required = schema.required.filter((name: string) => !ofSingle.includes(name));
		},
	]),
	correction('modules', 'modules', 'null for modules that nobody changed', [
		optional('modified_by'),
	]),
	correction('notifications', 'Notification', 'every sample has text', [
		property('channel_id', { type: 'string' }),
		property('notify_url', { type: 'string' }),
		optional('notification_condition'),
	]),
	correction('notifications', 'event', 'the sample of a channel without conditions has none', [
		(schema) => {
			schema.required = schema.required.filter((name: string) => name !== 'notification_condition');
		},
	]),
	correction('notifications', 'notification_condition', 'in every sample, fields in a group', [
		property('type', { enum: ['field_selection'] }),
		property('field_selection', { type: 'object' }),
	]),
	correction('notifications', 'InvalidParamError', 'details say which channel', [
		property('details', { type: 'object', additionalProperties: true }),
	]),
	correction('tags', 'Tag', 'the full form of the tags API; records show three of its keys', [
		(schema) => {
			schema.required = ['name', 'id', 'color_code'];
		},
	]),
	correction(
		'notes',
		'Note',
		'a list shows the fields that were asked for; a title may be missing',
		[
			(schema) => {
				schema.required = ['id'];
			},
			nullable('Note_Title'),
		],
	),
	correction('notes', 'Info', 'the sample of Get Notes has null where no further page exists', [
		nullable('next_page_token', 'previous_page_token', 'page_token_expiry'),
	]),
	correction('notes', 'Success_Response', 'inserted records of all modules have it', [
		(schema) => {
			schema.properties.details.properties.$approval_state = { type: 'string' };
		},
	]),
];

function correction(
	file: string,
	schema: string,
	because: string,
	corrections: Correct[],
): Correction {
	return { file, schema, because, correct: (found) => corrections.forEach((each) => each(found)) };
}

function property(name: string, replacement: object): Correct {
	return ({ properties }) => {
		properties[name] = replacement;
	};
}

function detail(name: string, replacement: object): Correct {
	return ({ properties }) => {
		properties.details.properties[name] = replacement;
	};
}

function values(name: string, ...more: string[]): Correct {
	return ({ properties }) => {
		properties[name].enum.push(...more);
	};
}

function nullable(...names: string[]): Correct {
	return ({ properties }) => {
		for (const name of names) properties[name].nullable = true;
	};
}

/** For references to other schemas, which cannot be made nullable in place. */
function optional(...names: string[]): Correct {
	return ({ properties }) => {
		for (const name of names) properties[name] = { anyOf: [properties[name], { type: 'null' }] };
	};
}

function open(schema: AnySchemaObject) {
	schema.additionalProperties = true;
}
