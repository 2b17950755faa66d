// A client against the types that are made of the description: what is always there needs no check, what may be absent does.
import type { components, operations, paths } from './types.js';

type Order = components['schemas']['Order'];
type Problem = components['schemas']['Problem'];

// An old order of lines in several currencies has no total.
export const total = (order: Order): number | undefined => order.total?.amount;
export const reason = (order: Order): string | undefined => order.rejection?.code;
export const next = (page: components['schemas']['PageOrder']): string | null => page.nextPageToken;
export const wrong = (problem: Problem): string[] => (problem.errors ?? []).map((error) => error.field);

// @ts-expect-error: only a rejected order has it.
export const unsafe = (order: Order): string => order.rejection.code;

// 202 is an order that is not decided yet, or only its id for who does not wait.
type Pending = operations['placeOrder']['responses'][202]['content']['application/json'];
export const status = (pending: Pending): string => ('status' in pending ? pending.status : 'PLACED');

export const cart: keyof paths = '/api/v1/cart';
export const order: operations['placeOrder']['requestBody']['content']['application/json'] = {
  lines: [{ productId: '0198c0de-0000-7000-8000-000000000000', quantity: 2 }],
};
