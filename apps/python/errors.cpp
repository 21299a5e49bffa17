#include <potential/support/error.hpp>

#include "module.hpp"

namespace potential::python {
namespace {

// An exception translator is a plain function: it can reach nothing but globals.
PyObject *error_type, *usage_type, *file_type, *format_type, *cancelled_type;

PyObject* make(py::module_& module, const char* name, const char* doc, const py::object& bases) {
  const std::string full = std::string("potential.") + name;
  PyObject* const type = PyErr_NewExceptionWithDoc(full.c_str(), doc, bases.ptr(), nullptr);
  if (type == nullptr) throw py::error_already_set();
  module.attr(name) = py::handle(type);
  return type;
}

/// Names of files need not be UTF-8.
py::object text_of(const std::string& text) {
  return py::reinterpret_steal<py::object>(
      PyUnicode_DecodeUTF8(text.data(), static_cast<py::ssize_t>(text.size()), "surrogateescape"));
}

void raise(PyObject* type, const Error& error) {
  const py::object exception = py::handle(type)(text_of(error.what()));
  exception.attr("file") = text_of(error.file());
  exception.attr("place") = text_of(error.place());
  exception.attr("problem") = text_of(error.problem());
  if (dynamic_cast<const FileError*>(&error) != nullptr)
    exception.attr("path") = text_of(error.file());  // its name before there were parts
  PyErr_SetObject(type, exception.ptr());
}

// NOLINTNEXTLINE(performance-unnecessary-value-param): the signature that pybind11 asks for
void translate(std::exception_ptr thrown) {
  try {
    if (thrown) std::rethrow_exception(thrown);
  } catch (const FormatError& error) {
    raise(format_type, error);
  } catch (const FileError& error) {
    raise(file_type, error);
  } catch (const UsageError& error) {
    raise(usage_type, error);
  } catch (const Cancelled& error) {
    raise(cancelled_type, error);
  } catch (const Error& error) {
    raise(error_type, error);
  }
}

}  // namespace

void bind_errors(py::module_& module) {
  const auto bases = [](PyObject* first, PyObject* second) {
    return py::make_tuple(py::handle(first), py::handle(second));
  };
  error_type = make(module, "Error",
                    "Base of every error of this module. The text is one line: what is wrong,\n"
                    "where, and what to do about it. Its parts are `file`, `place` (where in the\n"
                    "file, or which argument) and `problem`, empty where there is none.",
                    py::reinterpret_borrow<py::object>(PyExc_RuntimeError));
  usage_type =
      make(module, "UsageError", "An argument is wrong.", bases(error_type, PyExc_ValueError));
  file_type = make(module, "FileError", "A file cannot be opened, read or written.",
                   bases(error_type, PyExc_OSError));
  format_type =
      make(module, "FormatError", "A file was read, but its content is not what it should be.",
           py::reinterpret_borrow<py::object>(file_type));
  cancelled_type = make(module, "Cancelled", "The run was asked to stop.",
                        py::reinterpret_borrow<py::object>(error_type));
  py::register_exception_translator(translate);
}

}  // namespace potential::python
