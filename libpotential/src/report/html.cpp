#include <potential/report/html.hpp>
#include <potential/support/error.hpp>

#include "report/page_parts.hpp"
#include "report/report_data.hpp"

namespace potential {
namespace {

/// Text that may stand between any tags of HTML: in JSON, `<` and `&` occur
/// within strings only.
std::string script_safe(const nlohmann::ordered_json& data) {
  // Names come from files and need not be UTF-8; JSON does.
  const std::string json =
      data.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
  std::string safe;
  safe.reserve(json.size());
  for (const char c : json) {
    if (c == '<')
      safe += "\\u003c";
    else if (c == '>')
      safe += "\\u003e";
    else if (c == '&')
      safe += "\\u0026";
    else
      safe += c;
  }
  return safe;
}

const char* part(const std::string& name) {
  if (name == "style") return page_style;
  if (name == "d3") return page_d3;
  if (name == "tables") return page_tables;
  if (name == "charts") return page_charts;
  if (name == "figures") return page_figures;
  if (name == "script") return page_script;
  throw Error("the page's template asks for an unknown part: " + name);
}

}  // namespace

std::string html_report(const PotentialTable& table, const std::string& name, const Options& recipe,
                        const ReportModels& models) {
  NumberPack numbers;
  nlohmann::ordered_json data{{"potential", potential_data(table, name, recipe, numbers)}};
  if (!models.scores.empty()) data["models"] = model_data(models, numbers);
  // {{name}} stands for a part. Nothing that is put in is looked at again.
  const std::string_view frame = page_frame;
  std::string page;
  std::size_t at = 0;
  for (std::size_t open = 0; (open = frame.find("{{", at)) != frame.npos;) {
    const std::size_t close = frame.find("}}", open);
    const std::string wanted(frame.substr(open + 2, close - open - 2));
    page += frame.substr(at, open - at);
    if (wanted == "data")
      page += script_safe(data);
    else if (wanted == "numbers")
      page += numbers.base64();
    else
      page += part(wanted);
    at = close + 2;
  }
  page += frame.substr(at);
  return page;
}

}  // namespace potential
