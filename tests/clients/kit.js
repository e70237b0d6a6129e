// RasaHQ's client draws itself with a UI kit and icons that npm does not have. These plain elements stand in for them;
// what the client sends, hears and keeps is its own.
import * as React from 'react';

const theme = { fonts: { sansSerif: 'sans-serif' }, colors: {}, radii: {} };
const OWN = ['id', 'role', 'href', 'target', 'rel', 'src', 'tabIndex', 'disabled', 'onClick', 'onKeyPress', 'onLoad'];

/** An element of this kind that keeps what belongs to HTML and leaves out what belongs to the kit. */
function plain(kind) {
  return React.forwardRef(function Plain({ as, children, ...props }, ref) {
    const kept = Object.entries(props).filter(([name]) => OWN.includes(name) || name.startsWith('data-'));
    return React.createElement(as || kind, { ...Object.fromEntries(kept), ref }, children);
  });
}

export const Box = plain('div');
export const Flex = plain('div');
export const Text = plain('span');
export const Section = plain('section');
export const Separator = plain('hr');
export const Avatar = plain('span');
export const Button = plain('button');
export const Image = plain('img');
export const Icon = () => null;
export const Hover = { Flex };
export const Provider = React.Fragment;

export const Input = React.forwardRef(function Input({ value, placeholder, onChangeValue, onReturn }, ref) {
  const onChange = (event) => onChangeValue(event.target.value);
  const onKeyDown = (event) => {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    onReturn();
  };
  return React.createElement('textarea', { value, placeholder, onChange, onKeyDown, ref });
});

export const useTheme = () => theme;
export const useMediaQuery = () => false;
export const useTooltip = () => React.useRef(null);
export const useExpandingTextarea = () => ({ setTextarea: null, textarea: null, rows: 1 });
export const useClickOutside = () => {};

// Every icon is the same nothing.
const icon = {};
export {
  icon as faComment,
  icon as faCommentDots,
  icon as faEllipsisH,
  icon as faMehBlank,
  icon as faPaperPlane,
  icon as faPaperclip,
  icon as faSync,
  icon as faTimes,
  icon as faUser,
};
