import { createContext } from 'react';

/**
 * Whether what is drawn follows a hand just now. A picture then comes with every move; what nobody sees of it, such as
 * the table behind a drawing, follows once the hand rests.
 */
export const MovingContext = createContext(false);
