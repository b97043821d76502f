use std::borrow::Borrow;
use std::ops::Deref;
use std::sync::Arc;

/// A text that many share. It takes one pointer where it is named and an `Arc<str>` two, and an archive names tens of
/// thousands.
#[derive(Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Shared<T: ?Sized>(Arc<Box<T>>);

impl<T: ?Sized> Clone for Shared<T> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<T: ?Sized> Deref for Shared<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T: ?Sized> Borrow<T> for Shared<T> {
    fn borrow(&self) -> &T {
        self
    }
}

impl<'a, T: ?Sized> From<&'a T> for Shared<T>
where
    Box<T>: From<&'a T>,
{
    fn from(text: &'a T) -> Self {
        Self(Arc::new(text.into()))
    }
}
