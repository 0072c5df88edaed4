import js from '@eslint/js';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

// Simulators, tests and tools run in Node itself, outside n8n: the rules for community nodes do not apply here.
export default defineConfig(
	{ ignores: ['output/**', 'n8n-host/node_modules/**'] },
	js.configs.recommended,
	tseslint.configs.recommended,
	{
		files: ['**/*.mts', '**/*.mjs', '**/*.js'],
		languageOptions: {
			globals: {
				Buffer: 'readonly',
				console: 'readonly',
				process: 'readonly',
				URL: 'readonly',
				URLSearchParams: 'readonly',
				fetch: 'readonly',
				AbortSignal: 'readonly',
				setTimeout: 'readonly',
				clearTimeout: 'readonly',
				setInterval: 'readonly',
				clearInterval: 'readonly',
			},
		},
	},
	{
		// The demo runs these as they are, as ES modules, in which lodash has no named exports.
		files: ['simulators/**/*.mts', 'e2e/**/*.mts', 'demo/**/*.mts'].map((path) => `test/${path}`),
		rules: {
			'no-restricted-imports': ['error', { name: 'lodash', message: "Import 'lodash/<name>.js'." }],
		},
	},
	{
		// gulp loads its file as CommonJS.
		files: ['gulpfile.js'],
		languageOptions: { sourceType: 'commonjs' },
		rules: { '@typescript-eslint/no-require-imports': 'off' },
	},
);
