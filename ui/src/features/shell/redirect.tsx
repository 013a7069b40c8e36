import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';

/** Leads elsewhere, once: a page that is drawn again while it is being left does not set out a second time. */
export function Redirect({ to }: { to: string }) {
  const navigate = useNavigate();
  const go = useRef(navigate);
  go.current = navigate;
  useEffect(() => void go.current({ to, replace: true }), [to]);
  return null;
}
