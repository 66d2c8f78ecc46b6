/** The sign of the product: a drop and a cross. */
export function Mark() {
  return (
    <svg className="mark" viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="8" fill="#0f5c58" />
      <path d="M16 5.5c4.7 6.5 7.2 10.2 7.2 13.3a7.2 7.2 0 0 1-14.4 0c0-3.1 2.5-6.8 7.2-13.3z" fill="#fff" />
      <path d="M12.5 19h7M16 15.5v7" stroke="#b4232f" strokeWidth="2.5" strokeLinecap="round" />
    </svg>
  );
}
