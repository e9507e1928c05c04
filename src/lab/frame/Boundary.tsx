// A part that fails says so in its own box; the rest lives on.

import { translate } from '@docusaurus/Translate';
import { Component, type ReactNode } from 'react';
import bar from './bar.module.css';

export interface BoundaryProps {
  /** "The picture" */
  what: string;
  children: ReactNode;
}

export class Boundary extends Component<BoundaryProps, { message: string | null }> {
  override state = { message: null };

  static getDerivedStateFromError(error: unknown): { message: string } {
    return { message: error instanceof Error ? error.message : String(error) };
  }

  override render(): ReactNode {
    const { message } = this.state;
    if (message === null) return this.props.children;
    return (
      <div className={bar.failure} role="alert">
        <p>{translate({ id: 'lab.frame.stopped', message: '{what} stopped working: {message}' }, { what: this.props.what, message })}</p>
        <button type="button" className={bar.button} onClick={() => this.setState({ message: null })}>
          {translate({ id: 'lab.frame.again', message: 'Try again' })}
        </button>
      </div>
    );
  }
}
