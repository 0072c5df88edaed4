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
		// gulp loads its file as CommonJS.
		files: ['gulpfile.js'],
		languageOptions: { sourceType: 'commonjs' },
		rules: { '@typescript-eslint/no-require-imports': 'off' },
	},
);
