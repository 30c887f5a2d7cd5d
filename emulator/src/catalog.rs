//! What is served: the operations of all specs, found by name or by path.

use std::collections::HashMap;
use std::sync::Arc;

use alicloud_codegen::read::Specs;
use alicloud_codegen::spec::{Authentication, Method, Operation, Product, ResponseKind, Style};

use crate::refusal::Refusal;
use crate::request::Incoming;
use crate::sample::Sample;
use crate::start_error::StartError;
use crate::template::Template;

/// One operation, ready to be served.
pub(crate) struct Served {
    /// Its name.
    pub(crate) action: String,
    /// What its spec says.
    pub(crate) operation: Operation,
    /// The product that it belongs to.
    pub(crate) product: Arc<Product>,
    /// What it answers.
    pub(crate) sample: Sample,
    style: Style,
    method: &'static str,
    template: Template,
}

impl Served {
    pub(crate) fn authentication(&self) -> Authentication {
        self.operation.authentication.unwrap_or(Authentication::Signed)
    }

    pub(crate) fn kind(&self) -> ResponseKind {
        self.operation.response.kind.unwrap_or(ResponseKind::Json)
    }

    /// Whether the service is documented to take this method for it.
    fn takes(&self, method: &str) -> bool {
        self.method == method || self.operation.methods.iter().any(|other| method_name(*other) == method)
    }

    /// What its query always has.
    pub(crate) fn fixed_query(&self) -> &[(String, String)] {
        self.template.query()
    }

    pub(crate) fn style(&self) -> Style {
        self.style
    }
}

/// An operation that a request asks for, and the arguments in its path.
pub(crate) struct Route<'a> {
    pub(crate) served: &'a Arc<Served>,
    pub(crate) path_arguments: Vec<(String, String)>,
}

/// All operations.
#[derive(Default)]
pub(crate) struct Catalog {
    operations: Vec<Arc<Served>>,
    by_action: HashMap<String, Vec<usize>>,
}

impl Catalog {
    /// Prepares all operations of all specs, but for products behind a gateway with a signature of its own.
    pub(crate) fn new(specs: Specs) -> Result<Self, StartError> {
        let mut catalog = Self::default();
        for folder in specs.products.into_iter().filter(|folder| folder.product.gateway.is_none()) {
            let product = Arc::new(folder.product);
            for file in folder.operations {
                let sample = Sample::of(&file.operation, &product)
                    .map_err(|problem| StartError::Sample { operation: file.name.clone(), problem })?;
                catalog.by_action.entry(file.name.clone()).or_default().push(catalog.operations.len());
                catalog.operations.push(Arc::new(Served {
                    style: file.operation.style.unwrap_or(product.style),
                    method: method_name(file.operation.method.unwrap_or(Method::Post)),
                    template: Template::parse(file.operation.path.as_deref().unwrap_or("/")),
                    action: file.name,
                    operation: file.operation,
                    product: Arc::clone(&product),
                    sample,
                }));
            }
        }
        Ok(catalog)
    }

    /// How many operations there are.
    pub(crate) fn len(&self) -> usize {
        self.operations.len()
    }

    /// All operations of this name: one for each version that has it.
    pub(crate) fn named<'a>(&'a self, action: &str) -> impl Iterator<Item = &'a Arc<Served>> + use<'a> {
        self.by_action.get(action).into_iter().flatten().filter_map(|index| self.operations.get(*index))
    }

    /// The operation that a request asks for: by name and version, or by method and path.
    pub(crate) fn route(&self, request: &Incoming) -> Result<Route<'_>, Refusal> {
        let action = request.named("x-acs-action", "Action");
        let version = request.named("x-acs-version", "Version");
        let fits = |served: &&Arc<Served>| version.is_none_or(|version| served.product.version == version);
        let Some(action) = action else {
            return match self.by_path(self.operations.iter().filter(fits), request)? {
                Some(route) => Ok(route),
                None if request.path == "/" => Err(Refusal::missing("Action")),
                None => Err(no_such_operation()),
            };
        };
        if self.named(action).next().is_none() {
            return Err(no_such_operation());
        }
        if version.is_none() {
            return Err(Refusal::missing("Version"));
        }
        if self.named(action).find(fits).is_none() {
            return Err(Refusal::new(400, "InvalidVersion", "Specified parameter Version is not valid."));
        }
        self.by_path(self.named(action).filter(fits), request)?.ok_or_else(no_such_operation)
    }

    /// Of these operations the one with this path and method, the most particular first.
    fn by_path<'a>(
        &'a self,
        operations: impl Iterator<Item = &'a Arc<Served>>,
        request: &Incoming,
    ) -> Result<Option<Route<'a>>, Refusal> {
        let query = request.query()?;
        let mut best: Option<Route<'a>> = None;
        let mut other_method = false;
        for served in operations {
            // Without a name, only a path can tell.
            if served.style == Style::Rpc && request.named("x-acs-action", "Action").is_none() {
                continue;
            }
            let Some(path_arguments) = served.template.arguments(&request.path, query) else { continue };
            if !served.takes(&request.method) {
                other_method = true;
            } else if best.as_ref().is_none_or(|best| best.served.template.weight() < served.template.weight()) {
                best = Some(Route { served, path_arguments });
            }
        }
        match best {
            None if other_method => {
                Err(Refusal::new(405, "UnsupportedHTTPMethod", "This http method is not supported."))
            }
            found => Ok(found),
        }
    }
}

fn no_such_operation() -> Refusal {
    let message = "Specified api is not found, please check your url and method.";
    Refusal::new(404, "InvalidAction.NotFound", message)
}

fn method_name(method: Method) -> &'static str {
    match method {
        Method::Get => "GET",
        Method::Post => "POST",
        Method::Put => "PUT",
        Method::Delete => "DELETE",
        Method::Patch => "PATCH",
        Method::Head => "HEAD",
        Method::Options => "OPTIONS",
    }
}
