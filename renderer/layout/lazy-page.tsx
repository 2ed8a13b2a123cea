import { useEffect, useState } from 'react';
import type { ComponentType } from 'react';
import { ListSkeleton } from '../ui/list-state.tsx';
import classes from './shell.module.css';

interface Piece<P> {
  readonly default: ComponentType<P>;
}

/**
 * A page in a piece of its own, fetched when it is first opened; a skeleton stands in meanwhile. React's own `lazy`
 * keeps a skeleton that was shown for 300 ms before it draws what has come, which every page would pay for.
 * @throws in drawing, when the box does not give the piece.
 */
export function lazy<P extends object>(fetchPiece: () => Promise<Piece<P>>): ComponentType<P> {
  let fetched: ComponentType<P> | null = null;
  return function LazyPage(props: P) {
    const [{ Page, error }, set] = useState<State<P>>({ Page: fetched, error: null });
    useEffect(() => {
      if (Page !== null || error !== null) return undefined;
      let left = false;
      const draw = async () => {
        try {
          fetched = (await fetchPiece()).default;
          if (!left) set({ Page: fetched, error: null });
        } catch (cause) {
          if (!left) set({ Page: null, error: new Error('A piece of the pages is missing', { cause }) });
        }
      };
      void draw();
      return () => {
        left = true;
      };
    }, [Page, error]);
    if (error !== null) throw error;
    return Page === null ? <Waiting /> : <Page {...props} />;
  };
}

interface State<P> {
  readonly Page: ComponentType<P> | null;
  readonly error: Error | null;
}

function Waiting() {
  return (
    <div className={classes.waiting}>
      <ListSkeleton />
    </div>
  );
}
